package dev.trifocal.onnx.internal.file;

import ai.onnx.proto.OnnxMl.SparseTensorProto;
import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Reads sparse tensors, of which a file holds the non-zero values only.
 *
 * @param contents reads the values and indices
 * @param make receives the number of elements, zeros included, before they are allocated
 */
public record SparseContents(TensorContents contents, LongConsumer make) {
  /**
   * Returns the dense values of a tensor.
   *
   * @throws GraphException if values, indices and shape are inconsistent
   */
  public ConstantValue of(SparseTensorProto tensor) {
    String name = tensor.getValues().getName();
    List<Integer> sizes = TensorContents.sizes(name, tensor.getDimsList());
    make.accept(ConstantValue.count(sizes));
    ConstantValue values = contents.of(tensor.getValues());
    long[] places = contents.of(tensor.getIndices()).longs();
    double[] all = new double[(int) ConstantValue.count(sizes)];
    boolean linear = places.length == values.count();
    if (values.rank() != 1 || !(linear || places.length == values.count() * sizes.size())) {
      throw new GraphException(
          "sparse tensor '%s' has %d values, but indices of shape %s"
              .formatted(name, values.count(), tensor.getIndices().getDimsList()));
    }
    for (int i = 0; i < values.count(); i++) {
      long place = linear ? places[i] : place(name, sizes, places, i * sizes.size());
      if (place < 0 || place >= all.length) {
        throw outside(name, place, sizes);
      }
      all[(int) place] = values.at(i);
    }
    return ConstantValue.of(sizes, values.type(), all);
  }

  private static long place(String name, List<Integer> sizes, long[] places, int from) {
    long result = 0;
    for (int axis = 0; axis < sizes.size(); axis++) {
      long index = places[from + axis];
      if (index < 0 || index >= sizes.get(axis)) {
        throw outside(name, index, sizes);
      }
      result = result * sizes.get(axis) + index;
    }
    return result;
  }

  private static GraphException outside(String name, long place, List<Integer> sizes) {
    return new GraphException(
        "sparse tensor '%s' has a value at index %d, outside its shape %s"
            .formatted(name, place, sizes));
  }
}
