package dev.trifocal.metric;

import dev.trifocal.error.DataException;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The counts behind multi-label precision, recall, F1 and accuracy. A class is predicted if its
 * logit is positive, that is, its probability is above 0.5.
 */
final class MultiLabelCounts {
  private static final String HITS = "hits";
  private static final String TAKEN = "taken";
  private static final String SUPPORT = "support";
  private static final String SAMPLES = "samples";
  private static final String EXACT = "exact";
  private static final float HALF = 0.5f;

  private MultiLabelCounts() {}

  /**
   * @param logits float32 {@code [N, K]}
   * @param labels float32 {@code [N, K]}; a class counts as present from 0.5
   */
  static MetricSums of(Tensor logits, Tensor labels) {
    if (labels.type() != DataType.FLOAT32
        || logits.shape().rank() != 2
        || !labels.shape().equals(logits.shape())) {
      throw new DataException(
          "multi-label metrics need logits [N, K] and float32 labels of the same shape, but got %s and %s"
              .formatted(logits, labels));
    }
    int samples = logits.shape().size(0);
    int classes = logits.shape().size(1);
    FloatBuffer scores = logits.floats();
    FloatBuffer actual = labels.floats();
    double[] hits = new double[classes];
    double[] taken = new double[classes];
    double[] support = new double[classes];
    double exact = 0;
    for (int sample = 0; sample < samples; sample++) {
      boolean equal = true;
      for (int k = 0; k < classes; k++) {
        boolean predicted = scores.get(sample * classes + k) > 0;
        boolean present = actual.get(sample * classes + k) >= HALF;
        taken[k] += predicted ? 1 : 0;
        support[k] += present ? 1 : 0;
        hits[k] += predicted && present ? 1 : 0;
        equal &= predicted == present;
      }
      exact += equal ? 1 : 0;
    }
    return MetricSums.of(HITS, hits)
        .and(TAKEN, taken)
        .and(SUPPORT, support)
        .and(EXACT, exact)
        .and(SAMPLES, samples);
  }

  /** Returns the unweighted mean over all classes. */
  static OptionalDouble macro(MetricSums sums, ToDoubleFunction<ClassScore> score) {
    double[] hits = sums.row(HITS);
    double[] taken = sums.row(TAKEN);
    double[] support = sums.row(SUPPORT);
    return sums.value(SAMPLES) == 0
        ? OptionalDouble.empty()
        : IntStream.range(0, hits.length)
            .mapToObj(k -> ClassScore.of((long) hits[k], (long) taken[k], (long) support[k]))
            .mapToDouble(score)
            .average();
  }

  /** Returns the share of samples of which every class is predicted correctly. */
  static OptionalDouble exact(MetricSums sums) {
    double samples = sums.value(SAMPLES);
    return samples == 0 ? OptionalDouble.empty() : OptionalDouble.of(sums.value(EXACT) / samples);
  }
}
