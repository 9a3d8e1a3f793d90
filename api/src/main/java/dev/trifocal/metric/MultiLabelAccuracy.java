package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The share of samples of which every class is predicted correctly: scikit-learn's {@code
 * accuracy_score} of label matrices. Outputs are float32 logits {@code [N, K]}; a class is
 * predicted if its logit is positive. Labels are float32 {@code [N, K]}, 1 for each class of the
 * sample.
 */
public record MultiLabelAccuracy(String output) implements Metric {
  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Set<String> outputs() {
    return Set.of(output);
  }

  @Override
  public MetricSums sums(Map<String, Tensor> outputs, Tensor labels) {
    return MultiLabelCounts.of(outputs.get(output), labels);
  }

  @Override
  public OptionalDouble value(MetricSums sums) {
    return MultiLabelCounts.exact(sums);
  }
}
