package dev.trifocal.tensor;

import dev.trifocal.error.TrifocalException;
import dev.trifocal.shape.Shape;

/**
 * The memory layout of one axis of a row-major array: element {@code i} along the axis, at outer
 * index {@code o} and inner index {@code p}, has offset {@code (o * size + i) * inner + p}.
 *
 * @param axis index of the axis, from 0
 * @param outer product of the sizes before the axis
 * @param size size of the axis
 * @param inner product of the sizes after the axis
 */
record AxisLayout(int axis, int outer, int size, int inner) {
  /**
   * @param axis from 0; negative axes count from the last, which is -1
   * @throws TrifocalException if the tensor has no such axis
   */
  static AxisLayout of(Tensor tensor, int axis) {
    Shape shape = tensor.shape();
    int rank = shape.rank();
    if (axis < -rank || axis >= rank) {
      throw new TrifocalException(
          rank == 0
              ? "%s is a scalar and has no axis %d".formatted(tensor, axis)
              : "%s has no axis %d; its axes are 0 to %d".formatted(tensor, axis, rank - 1));
    }
    int place = axis < 0 ? axis + rank : axis;
    int outer = 1;
    for (int i = 0; i < place; i++) {
      outer *= shape.size(i);
    }
    int size = shape.size(place);
    return new AxisLayout(place, outer, size, (int) (shape.elements() / outer / size));
  }

  /**
   * @throws TrifocalException if the index is out of range
   */
  void requireIndex(Tensor tensor, int index) {
    if (index < 0 || index >= size) {
      throw new TrifocalException(
          "index %d is out of range for axis %d of %s; it runs from 0 to %d"
              .formatted(index, axis, tensor, size - 1));
    }
  }
}
