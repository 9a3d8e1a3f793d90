package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/**
 * Wu and He 2018, PyTorch's {@code GroupNorm}: {@code y = (x - mean) / sqrt(variance + epsilon) *
 * weight[c] + bias[c]} with the mean and biased variance of each group of consecutive channels of a
 * sample. {@code groups = C} is instance norm; a single group is layer norm over the whole sample.
 *
 * <p>Parameters: {@code weight [C]}, initially 1, and {@code bias [C]}, initially 0. Training and
 * evaluation are the same.
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
          "(GroupNorm) has a single value per group in %s with %d groups, whose variance is undefined"
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
