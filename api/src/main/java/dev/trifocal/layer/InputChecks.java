package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/** Checks that layers share, with uniform messages. */
final class InputChecks {
  private InputChecks() {}

  static Shape one(Layer layer, List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw new GraphException(
          "(%s) needs one input, but has %d".formatted(layer.kind(), inputs.size()));
    }
    return inputs.get(0);
  }

  static Shape image(Layer layer, List<Shape> inputs) {
    Shape shape = one(layer, inputs);
    if (shape.rank() != 3) {
      throw new GraphException(
          "(%s) needs an image [C, H, W], but has %s".formatted(layer.kind(), shape));
    }
    return shape;
  }

  static Shape vector(Layer layer, List<Shape> inputs) {
    Shape shape = one(layer, inputs);
    if (shape.rank() != 1) {
      throw new GraphException(
          "(%s) needs a vector [F], but has %s; flatten it first".formatted(layer.kind(), shape));
    }
    return shape;
  }

  static List<Shape> several(Layer layer, List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw new GraphException(
          "(%s) needs two inputs or more, but has %d".formatted(layer.kind(), inputs.size()));
    }
    return inputs;
  }

  /** Returns a computed size after checking that it is an int. */
  static int size(Layer layer, long size) {
    if (size > Integer.MAX_VALUE) {
      throw new GraphException(
          "(%s) has too large an output: an axis of %d".formatted(layer.kind(), size));
    }
    return (int) size;
  }

  static void requireAxis(Layer layer, Shape shape, int axis) {
    if (axis < 0 || axis >= shape.rank()) {
      throw new GraphException(
          "(%s) names axis %d, but a sample of %s has %s"
              .formatted(
                  layer.kind(),
                  axis,
                  shape,
                  shape.rank() == 0 ? "no axes" : "the axes 0 to " + (shape.rank() - 1)));
    }
  }

  /** Returns the shape to which inputs of the same rank broadcast: sizes are equal or 1. */
  static Shape broadcast(Layer layer, List<Shape> inputs) {
    Shape result = inputs.get(0);
    for (Shape input : inputs) {
      boolean fits = input.rank() == result.rank();
      for (int axis = 0; fits && axis < result.rank(); axis++) {
        int size = input.size(axis);
        fits = size == result.size(axis) || size == 1 || result.size(axis) == 1;
        result = fits ? result.with(axis, Math.max(size, result.size(axis))) : result;
      }
      if (!fits) {
        throw new GraphException(
            "(%s) needs inputs of the same shape, but has %s"
                .formatted(layer.kind(), list(inputs)));
      }
    }
    return result;
  }

  /** Returns true if all inputs are batched, for layers that do not broadcast the batch axis. */
  static boolean sameRows(Layer layer, List<Boolean> batched) {
    if (batched.contains(true) && batched.contains(false)) {
      throw new GraphException(
          "(%s) cannot combine a value of the whole batch with values of each sample"
              .formatted(layer.kind()));
    }
    return batched.contains(true);
  }

  /** Returns shapes as text, for example {@code [16, 30, 30] and [3, 32, 32]}. */
  static String list(List<Shape> inputs) {
    return String.join(" and ", inputs.stream().map(Shape::toString).toList());
  }
}
