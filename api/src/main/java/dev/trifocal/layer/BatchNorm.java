package dev.trifocal.layer;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;

/**
 * {@code (x - mean) / sqrt(variance + epsilon) * weight + bias} per channel of {@code [C, H, W]} or
 * {@code [F]} (Ioffe and Szegedy 2015; PyTorch's {@code BatchNorm1d/2d}).
 *
 * <p>Training uses the mean and the biased variance of the batch, and updates {@code running = (1 -
 * momentum) * running + momentum * batch} with the unbiased variance; each channel then needs at
 * least two values. Evaluation and frozen layers use the running statistics without updating them.
 *
 * <p>Parameters, {@code [C]} each: {@code weight}, {@code bias}; statistics {@code running_mean},
 * {@code running_var}.
 */
public record BatchNorm(double epsilon, double momentum) implements Layer {
  public BatchNorm {
    if (!(epsilon > 0) || !(momentum >= 0 && momentum <= 1)) {
      throw new GraphException(
          "(BatchNorm) epsilon must be positive and momentum within [0, 1], but are %s and %s"
              .formatted(epsilon, momentum));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape shape = InputChecks.one(this, inputs);
    if (shape.rank() != 1 && shape.rank() != 3) {
      throw new GraphException("(BatchNorm) needs [C, H, W] or [F], but has " + shape);
    }
    return shape;
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int channels = outputShape(inputs).size(0);
    return List.of(
        parameter("weight", channels, Parameter.Role.LEARNED, 1),
        parameter("bias", channels, Parameter.Role.LEARNED, 0),
        parameter("running_mean", channels, Parameter.Role.STATISTIC, 0),
        parameter("running_var", channels, Parameter.Role.STATISTIC, 1));
  }

  /** Returns 2 if a sample has one value per channel, since a single value has no variance. */
  @Override
  public int smallestBatch(List<Shape> inputs) {
    Shape shape = outputShape(inputs);
    return shape.elements() == shape.size(0) ? 2 : 1;
  }

  @Override
  public <C, R> R accept(LayerVisitor<C, R> visitor, C context) {
    return visitor.batchNorm(this, context);
  }

  private static Parameter parameter(
      String name, int channels, Parameter.Role role, double initial) {
    return new Parameter(
        name, Shape.of(channels), role, new Initializer.Constant(initial), channels, channels);
  }
}
