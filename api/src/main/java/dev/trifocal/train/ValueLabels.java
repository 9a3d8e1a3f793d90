package dev.trifocal.train;

import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;

/**
 * Numeric labels: float32 or int64 of the output's shape. int64 labels may also be {@code [N]} for
 * an output {@code [N, 1]}, or class ids {@code [N]} for probabilities of an output {@code [N, K]},
 * for which they become one-hot.
 *
 * @param range range of valid numbers
 */
public record ValueLabels(Range range) implements LabelEncoding {
  /** The range of labels. */
  public enum Range {
    /** Any number. */
    ANY,
    /** From 0 to 1. */
    PROBABILITIES
  }

  @Override
  public String name() {
    return range == Range.ANY ? "values" : "probabilities";
  }

  @Override
  public Shape shape(Shape output) {
    return output;
  }

  @Override
  public Tensor encode(Shape output, Tensor labels) {
    Tensor values = values(output, labels);
    if (range == Range.PROBABILITIES) {
      requireProbabilities(values.floats());
    }
    return values;
  }

  private Tensor values(Shape output, Tensor labels) {
    boolean same = labels.shape().equals(output);
    if (same && labels.type() == DataType.FLOAT32) {
      return labels;
    }
    boolean column =
        labels.shape().rank() == 1 && output.equals(Shape.of(labels.shape().size(0), 1));
    if ((same || column) && labels.type() == DataType.INT64) {
      return floats(output, labels.toLongs());
    }
    if (range == Range.PROBABILITIES && isOneHot(output, labels)) {
      return ClassLabels.PLAIN.encode(output, labels);
    }
    throw new DataException(
        "labels must be float32 or int64 of the output's shape %s, but are %s"
            .formatted(output, labels));
  }

  private static boolean isOneHot(Shape output, Tensor labels) {
    return labels.type() == DataType.INT64
        && output.rank() == 2
        && labels.shape().equals(Shape.of(output.size(0)));
  }

  private static Tensor floats(Shape output, long... ids) {
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
            "labels must be within [0, 1], but label %d is %s".formatted(i, value));
      }
    }
  }
}
