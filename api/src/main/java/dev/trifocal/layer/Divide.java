package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Elementwise quotient of two inputs of one rank, the first divided by the second. Where an axis
 * has size 1 in one input, that input is repeated along it; the gradient follows PyTorch's {@code
 * div}, so dividing by 0 gives infinities or not a number.
 */
public record Divide() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new GraphException("(Divide) needs two inputs, but has " + inputs.size());
    }
    return InputChecks.broadcast(this, inputs);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.divide(this, context);
  }
}
