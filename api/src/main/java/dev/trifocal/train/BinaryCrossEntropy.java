package dev.trifocal.train;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;

/**
 * {@code mean(softplus(logit) - label * logit)} over all elements: {@code
 * torch.nn.BCEWithLogitsLoss}. Labels: float32 in [0, 1] or int64 0 and 1 of the output's shape;
 * int64 may also be {@code [N]} where the output is {@code [N, 1]}.
 */
public record BinaryCrossEntropy() implements Loss {
  @Override
  public Target target(Shape output, Tensor labels) {
    Tensor values = values(output, labels);
    requireProbabilities(values.floats());
    return new Target(values, output.elements());
  }

  @Override
  public double sum(Tensor output, Tensor target) {
    FloatBuffer z = output.floats();
    FloatBuffer t = target.floats();
    double sum = 0;
    for (int i = 0; i < z.capacity(); i++) {
      double logit = z.get(i);
      sum += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - t.get(i) * logit;
    }
    return sum;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.binaryCrossEntropy(this);
  }

  private static Tensor values(Shape output, Tensor labels) {
    boolean same = labels.shape().equals(output);
    if (same && labels.type() == DataType.FLOAT32) {
      return labels;
    }
    boolean column =
        labels.shape().rank() == 1 && output.equals(Shape.of(labels.shape().size(0), 1));
    if ((same || column) && labels.type() == DataType.INT64) {
      return ids(output, labels.toLongs());
    }
    throw new DataException(
        "binary cross-entropy needs float32 or int64 labels of the output's shape %s, but got %s"
            .formatted(output, labels));
  }

  private static Tensor ids(Shape output, long... ids) {
    return Tensor.floats(
        output,
        buffer -> {
          for (long id : ids) {
            buffer.put((float) id);
          }
        });
  }

  private static void requireProbabilities(FloatBuffer values) {
    for (int i = 0; i < values.capacity(); i++) {
      float value = values.get(i);
      if (!(value >= 0 && value <= 1)) {
        throw new DataException(
            "binary cross-entropy needs labels within [0, 1], but label %d is %s"
                .formatted(i, value));
      }
    }
  }
}
