package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Elementwise product of two inputs of the same rank. Axes of size 1 are broadcast: {@code [C, H,
 * W]} times {@code [C, 1, 1]} is a squeeze-and-excitation gate.
 */
public record Multiply() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new GraphException("(Multiply) needs two inputs, but has " + inputs.size());
    }
    return InputChecks.broadcast(this, inputs);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.multiply(this, context);
  }
}
