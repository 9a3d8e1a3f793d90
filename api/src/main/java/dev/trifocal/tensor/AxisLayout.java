package dev.trifocal.tensor;

import dev.trifocal.error.TrifocalException;
import dev.trifocal.shape.Shape;

/**
 * One axis of a row-major array: element {@code i} of the axis within block {@code o} and place
 * {@code p} lies at {@code (o * size + i) * inner + p}.
 *
 * @param axis from 0
 * @param outer blocks in front of the axis
 * @param size of the axis
 * @param inner elements behind each step of the axis
 */
record AxisLayout(int axis, int outer, int size, int inner) {
  /**
   * @param axis from 0, or from -1 for the last axis backwards
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
   * @throws TrifocalException if the axis has no such element
   */
  void requireIndex(Tensor tensor, int index) {
    if (index < 0 || index >= size) {
      throw new TrifocalException(
          "index %d is out of range for axis %d of %s; it runs from 0 to %d"
              .formatted(index, axis, tensor, size - 1));
    }
  }
}
