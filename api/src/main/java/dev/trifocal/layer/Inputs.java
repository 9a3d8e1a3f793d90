package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/** What layers ask of their inputs, said in one voice. */
interface Inputs {
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

  /** For example {@code [16, 30, 30] and [3, 32, 32]}. */
  static String list(List<Shape> inputs) {
    return String.join(" and ", inputs.stream().map(Shape::toString).toList());
  }
}
