package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * Elementwise quotient of two inputs of the same rank, the first divided by the second. Axes of
 * size 1 are broadcast. The gradient is that of PyTorch's {@code div}: division by 0 gives
 * infinities or NaN.
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
  public ScoreValue scores(String name, List<ScoreValue> inputs) {
    return inputs.get(0).over(name, inputs.get(1));
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.divide(this, context);
  }
}
