package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/**
 * {@code x > 0 ? x : weight * x} with a learned slope, He et al. 2015, PyTorch's {@code PReLU}.
 * Parameter: {@code weight [slopes]}, initially 0.25.
 *
 * @param slopes 1 for a common slope, or the number of channels (axis 0 of a sample)
 */
public record PRelu(int slopes) implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape shape = InputChecks.one(this, inputs);
    if (slopes != 1 && (shape.rank() == 0 || shape.size(0) != slopes)) {
      throw new GraphException(
          "(PRelu) needs 1 slope or one per channel, but has %d for %s".formatted(slopes, shape));
    }
    return shape;
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    outputShape(inputs);
    return List.of(
        new Parameter(
            "weight",
            Shape.of(slopes),
            Parameter.Role.LEARNED,
            new Initializer.Constant(0.25),
            slopes,
            slopes));
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.pRelu(this, context);
  }
}
