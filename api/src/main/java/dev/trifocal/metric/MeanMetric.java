package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** A metric that averages over the samples (or pixels) of one output. */
public interface MeanMetric extends Metric {
  /** Returns the name of the output to measure. */
  String output();

  /**
   * Returns the mean over one batch.
   *
   * @param output {@code [N, ...]}
   * @param labels of the batch, as the data set gives them
   * @throws dev.trifocal.error.DataException if output and labels are incompatible
   */
  WeightedMean of(Tensor output, Tensor labels);

  @Override
  default Set<String> outputs() {
    return Set.of(output());
  }

  @Override
  default MetricSums sums(Map<String, Tensor> outputs, Tensor labels) {
    return of(outputs.get(output()), labels).sums();
  }

  @Override
  default OptionalDouble value(MetricSums sums) {
    WeightedMean mean = WeightedMean.of(sums);
    return mean.weight() == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean.value());
  }
}
