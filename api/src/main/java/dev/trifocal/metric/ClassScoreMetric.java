package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** A metric that is the mean of a score over the classes and looks at one output. */
interface ClassScoreMetric extends Metric {
  /** The name of the output that it looks at. */
  String output();

  /** The score that is meant. */
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
