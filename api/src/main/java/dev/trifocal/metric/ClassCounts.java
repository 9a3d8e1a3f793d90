package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The counts behind precision, recall and F1: actual, predicted and correctly predicted samples of
 * each class. For an output with one unit only class 1 counts, as with scikit-learn's {@code
 * average="binary"}.
 */
final class ClassCounts {
  static final String HITS = "hits";
  static final String TAKEN = "taken";
  static final String SUPPORT = "support";
  static final String SAMPLES = "samples";

  private ClassCounts() {}

  static MetricSums of(Tensor output, Tensor labels) {
    LabelledLogits batch = LabelledLogits.of(output, labels);
    double[] hits = new double[batch.classes()];
    double[] taken = new double[batch.classes()];
    double[] support = new double[batch.classes()];
    double samples = 0;
    for (int sample = 0; sample < batch.size(); sample++) {
      int label = batch.label(sample);
      if (label != LabelledLogits.NONE) {
        int predicted = batch.predicted(sample);
        samples++;
        support[label]++;
        if (predicted != LabelledLogits.NONE) {
          taken[predicted]++;
          hits[label] += predicted == label ? 1 : 0;
        }
      }
    }
    int first = batch.isBinary() ? 1 : 0;
    return MetricSums.of(HITS, from(first, hits))
        .and(TAKEN, from(first, taken))
        .and(SUPPORT, from(first, support))
        .and(SAMPLES, samples);
  }

  /** Returns the unweighted mean over the classes with actual or predicted samples. */
  static OptionalDouble macro(MetricSums sums, ToDoubleFunction<ClassScore> score) {
    if (sums.value(SAMPLES) == 0) {
      return OptionalDouble.empty();
    }
    double[] hits = sums.row(HITS);
    double[] taken = sums.row(TAKEN);
    double[] support = sums.row(SUPPORT);
    double mean =
        IntStream.range(0, hits.length)
            .filter(k -> taken[k] + support[k] > 0)
            .mapToObj(k -> ClassScore.of((long) hits[k], (long) taken[k], (long) support[k]))
            .mapToDouble(score)
            .average()
            .orElse(0);
    return OptionalDouble.of(mean);
  }

  private static double[] from(int first, double[] values) {
    return Arrays.copyOfRange(values, first, values.length);
  }
}
