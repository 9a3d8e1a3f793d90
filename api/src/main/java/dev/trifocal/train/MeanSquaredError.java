package dev.trifocal.train;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;

/**
 * {@code mean((output - label)^2)} over all elements: {@code torch.nn.MSELoss}. Labels: float32 of
 * the output's shape.
 */
public record MeanSquaredError() implements Loss {
  @Override
  public Target target(Shape output, Tensor labels) {
    if (labels.type() != DataType.FLOAT32 || !labels.shape().equals(output)) {
      throw new DataException(
          "mean squared error needs float32 labels of the output's shape %s, but got %s"
              .formatted(output, labels));
    }
    return new Target(labels, output.elements());
  }

  @Override
  public double sum(Tensor output, Tensor target) {
    FloatBuffer x = output.floats();
    FloatBuffer t = target.floats();
    double sum = 0;
    for (int i = 0; i < x.capacity(); i++) {
      double difference = (double) x.get(i) - t.get(i);
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.meanSquaredError(this);
  }
}
