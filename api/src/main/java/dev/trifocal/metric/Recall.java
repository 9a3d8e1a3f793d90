package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Of the samples that belong to a class, the share that was taken for it. Over several classes it
 * is the plain mean over those that samples belong to or were taken for; of an output with one
 * unit, that of class 1. scikit-learn's {@code recall_score} with {@code average="macro"}, or
 * {@code "binary"}, and {@code zero_division=0}. Outputs and labels are those of {@link Accuracy}.
 */
public record Recall(String output) implements Metric {
  @Override
  public String name() {
    return "recall";
  }

  @Override
  public Set<String> outputs() {
    return Set.of(output);
  }

  @Override
  public MetricSums sums(Map<String, Tensor> outputs, Tensor labels) {
    return ClassCounts.of(output, outputs, labels);
  }

  @Override
  public OptionalDouble value(MetricSums sums) {
    return ClassCounts.macro(sums, ClassScore::recall);
  }
}
