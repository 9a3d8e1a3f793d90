package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import dev.trifocal.shape.Shape;
import java.util.HashMap;
import java.util.Map;

/**
 * The shape of a sample of which a model leaves some sizes open.
 *
 * @param shape as drawn
 * @param names of the axes that may have any size
 */
public record DynamicShape(Shape shape, Map<Integer, String> names) {
  public DynamicShape {
    names = Map.copyOf(names);
  }

  /** With nothing open. */
  public static DynamicShape of(Shape shape) {
    return new DynamicShape(shape, Map.of());
  }

  /** With an axis of one row in front. */
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
