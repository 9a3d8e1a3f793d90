package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import dev.trifocal.shape.Shape;
import java.util.HashMap;
import java.util.Map;

/**
 * The shape of one sample, in which a model may leave sizes open.
 *
 * @param shape the sizes that the graph was built for
 * @param names symbolic names of the open axes, by axis
 */
public record DynamicShape(Shape shape, Map<Integer, String> names) {
  public DynamicShape {
    names = Map.copyOf(names);
  }

  /** Returns a shape without open sizes. */
  public static DynamicShape of(Shape shape) {
    return new DynamicShape(shape, Map.of());
  }

  /** Returns the shape of a batch of one: an axis of size 1 followed by this shape. */
  DynamicShape row() {
    Map<Integer, String> moved = new HashMap<>();
    names.forEach((axis, name) -> moved.put(axis + 1, name));
    return new DynamicShape(shape.batch(1), moved);
  }

  void addTo(TensorShapeProto.Builder sizes) {
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (names.containsKey(axis)) {
        sizes.addDimBuilder().setDimParam(names.get(axis));
      } else {
        sizes.addDimBuilder().setDimValue(shape.size(axis));
      }
    }
  }
}
