package dev.trifocal.graph;

import dev.trifocal.shape.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A value of a classifier, as a window of a map in its fully convolutional network.
 *
 * @param map value in the fully convolutional network; {@code [C, H, W]} grows with the image
 * @param window shape of the part of the map that holds the value, {@code [C, h, w]}
 * @param order axes of the window, outermost first, in the order of the value's elements
 * @param shape shape of the value in the classifier
 */
record MapValue(Value map, Shape window, List<Integer> order, Shape shape) {
  static final int RANK = 3;

  /** Returns a value with the same axes as its window. */
  static MapValue of(Value map, Shape shape) {
    return new MapValue(map, shape, IntStream.range(0, shape.rank()).boxed().toList(), shape);
  }

  /** Returns a value with one element for each channel of a map. */
  static MapValue vector(Value map, Shape shape) {
    return new MapValue(
        map, Shape.of(map.shape().size(0), 1, 1), IntStream.range(0, RANK).boxed().toList(), shape);
  }

  /** Returns whether the value has the axes of a map {@code [C, H, W]}. */
  boolean isMap() {
    return window.rank() == RANK && isWhole();
  }

  /** Returns whether the value and its window have the same axes. */
  boolean isWhole() {
    return shape.equals(window) && order.equals(IntStream.range(0, order.size()).boxed().toList());
  }

  /** Returns whether the window is a single position, and the value has one axis but for ones. */
  boolean isVector() {
    return isPosition() && ScoreOutput.isVector(shape);
  }

  /** Returns whether the value is one position of its map, which has several in larger images. */
  boolean isPosition() {
    return window.rank() == RANK && window.elements() == window.size(0);
  }

  /** Returns whether vectors have their elements along the axis of those of a result. */
  static boolean isAligned(List<MapValue> vectors, Shape result) {
    return ScoreOutput.isVector(result)
        && vectors.stream()
            .allMatch(
                one ->
                    one.isVector()
                        && (one.shape.elements() == 1
                            || one.shape.rank() == result.rank()
                                && one.vectorAxis() == axis(result)));
  }

  /** Returns the axis of a vector's elements. */
  int vectorAxis() {
    return axis(shape);
  }

  private static int axis(Shape vector) {
    return vector.sizes().indexOf(Collections.max(vector.sizes()));
  }

  /**
   * Returns the mean over axes as the value at each position instead; empty if the axes are not
   * those of positions alone.
   *
   * @param axes axes of the value
   * @param result shape of the mean
   */
  Optional<MapValue> mean(List<Integer> axes, Shape result) {
    Shape left = window;
    int next = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      int size = 1;
      while (size < shape.size(axis) && next < window.rank()) {
        int held = order.get(next++);
        size *= window.size(held);
        if (axes.contains(axis) && held == 0 && window.size(0) > 1) {
          return Optional.empty();
        }
        left = axes.contains(axis) && held > 0 ? left.with(held, 1) : left;
      }
      if (size != shape.size(axis)) {
        return Optional.empty();
      }
    }
    return window.rank() == RANK
        ? Optional.of(new MapValue(map, left, order, result))
        : Optional.empty();
  }

  MapValue map(Value other) {
    return new MapValue(other, window, order, shape);
  }

  MapValue reshaped(Shape other) {
    return new MapValue(map, window, order, other);
  }

  /** Returns the value with its axes in another order; empty if they are not those of a map. */
  Optional<MapValue> transposed(List<Integer> permutation) {
    Shape moved = new Shape(permutation.stream().map(shape::size).toList());
    if (isVector()) {
      return Optional.of(reshaped(moved));
    }
    return shape.sizes().equals(order.stream().map(window::size).toList())
        ? Optional.of(
            new MapValue(map, window, permutation.stream().map(order::get).toList(), moved))
        : Optional.empty();
  }
}
