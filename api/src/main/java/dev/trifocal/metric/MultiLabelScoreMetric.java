package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** A metric that averages a score of one multi-label output over all classes. */
interface MultiLabelScoreMetric extends Metric {
  /** Returns the name of the output to measure. */
  String output();

  /** Returns the score to average. */
  double of(ClassScore score);

  @Override
  default Set<String> outputs() {
    return Set.of(output());
  }

  @Override
  default MetricSums sums(Map<String, Tensor> outputs, Tensor labels) {
    return MultiLabelCounts.of(outputs.get(output()), labels);
  }

  @Override
  default OptionalDouble value(MetricSums sums) {
    return MultiLabelCounts.macro(sums, this::of);
  }
}
