package dev.trifocal.testkit.reference;

import dev.trifocal.shape.Shape;

/** The lanes of elements along one axis of an array. */
record AxisLines(Shape shape, int axis) {
  /** Returns the number of elements of a lane. */
  int size() {
    return shape.size(axis);
  }

  int count() {
    return (int) shape.elements() / size();
  }

  /** Returns the index of element {@code i} of a lane. */
  int offset(int lane, int i) {
    int inner = 1;
    for (int after = axis + 1; after < shape.rank(); after++) {
      inner *= shape.size(after);
    }
    return (lane / inner * size() + i) * inner + lane % inner;
  }
}
