package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** A metric that averages a score of one output over the classes. */
interface ClassScoreMetric extends Metric {
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
    return ClassCounts.of(outputs.get(output()), labels);
  }

  @Override
  default OptionalDouble value(MetricSums sums) {
    return ClassCounts.macro(sums, this::of);
  }
}
