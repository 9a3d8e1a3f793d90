package dev.trifocal.apps.onnx;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;

/** Batches with their axes in another order. */
final class AxisPermutation {
  private AxisPermutation() {}

  /**
   * @param file {@code [1, ...]} with a sample's axes as a file has them
   * @param order axis {@code i} of a sample in the file is axis {@code order(i)} in the graph
   */
  static Tensor toGraph(Tensor file, List<Integer> order) {
    int rank = order.size();
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      sizes[order.get(i)] = file.shape().size(i + 1);
    }
    Shape sample = Shape.of(sizes);
    float[] from = file.toFloats();
    float[] to = new float[from.length];
    int[] place = new int[rank];
    for (float value : from) {
      int index = 0;
      for (int axis = 0; axis < rank; axis++) {
        index = index * sizes[axis] + place[order.indexOf(axis)];
      }
      to[index] = value;
      for (int axis = rank - 1; axis >= 0 && ++place[axis] == sizes[order.get(axis)]; axis--) {
        place[axis] = 0;
      }
    }
    return Tensor.of(sample.batch(1), to);
  }
}
