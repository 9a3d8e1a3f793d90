package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Elementwise product of two inputs; the second may be {@code [C, 1, 1]} where the first is {@code
 * [C, H, W]}, as a squeeze-and-excitation gate is.
 */
public record Multiply() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new GraphException("(Multiply) needs two inputs, but has " + inputs.size());
    }
    Shape first = inputs.get(0);
    Shape second = inputs.get(1);
    boolean gate =
        first.rank() == 3 && second.rank() == 3 && second.equals(Shape.of(first.size(0), 1, 1));
    if (!first.equals(second) && !gate) {
      throw new GraphException(
          "(Multiply) needs inputs of one shape, or a second input [C, 1, 1], but has "
              + Inputs.list(inputs));
    }
    return first;
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.multiply(this, context);
  }
}
