package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/**
 * Wu and He 2018, PyTorch's {@code GroupNorm}: {@code y = (x - mean) / sqrt(variance + epsilon) *
 * weight[c] + bias[c]}, mean and biased variance over each sample's groups of consecutive channels.
 * With {@code groups = C} it is instance norm, with one group layer norm over the whole sample.
 *
 * <p>Parameters: {@code weight [C]}, first 1, and {@code bias [C]}, first 0. It does the same in
 * training and evaluation.
 */
public record GroupNorm(int groups, double epsilon) implements Layer {
  public GroupNorm {
    if (groups <= 0) {
      throw new GraphException("(GroupNorm) groups must be positive, but are " + groups);
    }
    if (!(epsilon > 0)) {
      throw new GraphException("(GroupNorm) epsilon must be positive, but is " + epsilon);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape shape = InputChecks.one(this, inputs);
    if (shape.rank() == 0 || shape.size(0) % groups != 0) {
      throw new GraphException(
          "(GroupNorm) cannot split the channels of %s into %d groups".formatted(shape, groups));
    }
    if (shape.elements() == groups) {
      throw new GraphException(
          "(GroupNorm) has one value per group in %s with %d groups, which has no variance"
              .formatted(shape, groups));
    }
    return shape;
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int channels = outputShape(inputs).size(0);
    return List.of(parameter("weight", channels, 1), parameter("bias", channels, 0));
  }

  private static Parameter parameter(String name, int channels, double initial) {
    return new Parameter(
        name,
        Shape.of(channels),
        Parameter.Role.LEARNED,
        new Initializer.Constant(initial),
        channels,
        channels);
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.groupNorm(this, context);
  }
}
