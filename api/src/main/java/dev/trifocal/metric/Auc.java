package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The area under the ROC curve: the probability that a sample of a class scores higher than a
 * sample of another class, where ties count half. The value is that of class 1 for one unit or two
 * classes, and the unweighted mean of each class against the rest for more: scikit-learn's {@code
 * roc_auc_score} with {@code multi_class="ovr", average="macro"}. Classes with no samples or with
 * all of them are skipped; the value is empty if no class remains. Outputs and labels are those of
 * {@link Accuracy}.
 *
 * <p>A score is the log-odds of the class, {@code log(p / (1 - p))} of its softmax or sigmoid
 * {@code p}, binned in steps of 1/32 within [-32, 32]. The area is exact except that pairs within
 * one bin count half: the error is at most 0.001 from 100 samples on and shrinks with more. Sums
 * take 32 KiB for each class.
 */
public record Auc(String output) implements Metric {
  private static final String POSITIVE = "positive";
  private static final String NEGATIVE = "negative";
  private static final int STEPS = 2048;
  private static final int STEPS_PER_UNIT = 32;

  @Override
  public String name() {
    return "auc";
  }

  @Override
  public Set<String> outputs() {
    return Set.of(output);
  }

  @Override
  public MetricSums sums(Map<String, Tensor> outputs, Tensor labels) {
    LabelledLogits batch = LabelledLogits.of(outputs.get(output), labels);
    int first = batch.classes() == 2 ? 1 : 0;
    int curves = batch.classes() - first;
    double[] positive = new double[curves * STEPS];
    double[] negative = new double[curves * STEPS];
    for (int sample = 0; sample < batch.size(); sample++) {
      int label = batch.label(sample);
      if (label != LabelledLogits.NONE) {
        for (int curve = 0; curve < curves; curve++) {
          int step = curve * STEPS + step(logOdds(batch, sample, first + curve));
          (label == first + curve ? positive : negative)[step]++;
        }
      }
    }
    return MetricSums.of(POSITIVE, positive).and(NEGATIVE, negative);
  }

  @Override
  public OptionalDouble value(MetricSums sums) {
    double[] positive = sums.row(POSITIVE);
    double[] negative = sums.row(NEGATIVE);
    return IntStream.range(0, positive.length / STEPS)
        .mapToDouble(curve -> area(positive, negative, curve * STEPS))
        .filter(area -> !Double.isNaN(area))
        .average();
  }

  /** Returns the area; NaN if either side has no samples. */
  private static double area(double[] positive, double[] negative, int first) {
    double below = 0;
    double above = 0;
    double won = 0;
    for (int step = first; step < first + STEPS; step++) {
      won += positive[step] * (below + negative[step] / 2);
      below += negative[step];
      above += positive[step];
    }
    return won / (above * below);
  }

  /** Returns the logit of a class minus the log-sum-exp of the others. */
  private static double logOdds(LabelledLogits batch, int sample, int id) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < batch.classes(); k++) {
      largest = k == id ? largest : Math.max(largest, batch.logit(sample, k));
    }
    double others = 0;
    for (int k = 0; k < batch.classes(); k++) {
      others += k == id ? 0 : Math.exp(batch.logit(sample, k) - largest);
    }
    return batch.logit(sample, id) - largest - Math.log(others);
  }

  /** Returns the bin of a score; NaN falls into the lowest. */
  private static int step(double logOdds) {
    double place = Math.floor((logOdds + STEPS / 2.0 / STEPS_PER_UNIT) * STEPS_PER_UNIT);
    return (int) Math.max(0, Math.min(STEPS - 1, place));
  }
}
