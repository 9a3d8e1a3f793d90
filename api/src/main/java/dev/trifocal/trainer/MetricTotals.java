package dev.trifocal.trainer;

import dev.trifocal.data.Batch;
import dev.trifocal.error.DataException;
import dev.trifocal.error.MetricException;
import dev.trifocal.metric.Metric;
import dev.trifocal.metric.MetricSums;
import dev.trifocal.metric.WeightedMean;
import dev.trifocal.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The sums of the loss and the metrics over the batches so far. Immutable. Failures of a metric are
 * reported as a {@link MetricException} that names it.
 *
 * @param sums sums by metric name
 */
record MetricTotals(List<Metric> metrics, Map<String, MetricSums> sums) {
  static final String LOSS = "loss";

  MetricTotals {
    metrics = List.copyOf(metrics);
    sums = Collections.unmodifiableMap(new LinkedHashMap<>(sums));
  }

  /** Returns the totals before the first batch. */
  static MetricTotals none(List<Metric> metrics) {
    return new MetricTotals(metrics, Map.of());
  }

  /** Adds the loss of a batch. */
  MetricTotals loss(WeightedMean loss) {
    Map<String, MetricSums> all = new LinkedHashMap<>(sums);
    all.merge(LOSS, loss.sums(), MetricSums::plus);
    return new MetricTotals(metrics, all);
  }

  /** Adds a batch to every metric. */
  MetricTotals plus(Map<String, Tensor> outputs, Batch batch) {
    Map<String, MetricSums> all = new LinkedHashMap<>(sums);
    for (Metric metric : metrics) {
      all.put(metric.name(), plus(metric, outputs, batch));
    }
    return new MetricTotals(metrics, all);
  }

  /** Returns the values by name; NaN for a metric that the samples leave undefined. */
  Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    if (sums.containsKey(LOSS)) {
      values.put(LOSS, WeightedMean.of(sums.get(LOSS)).value());
    }
    for (Metric metric : metrics) {
      if (sums.containsKey(metric.name())) {
        values.put(metric.name(), value(metric));
      }
    }
    return values;
  }

  private MetricSums plus(Metric metric, Map<String, Tensor> outputs, Batch batch) {
    requireOutputs(metric, outputs);
    try {
      String output = metric.outputs().stream().findFirst().orElse(Batch.LABEL);
      MetricSums added = metric.sums(outputs, BatchBinding.label(batch, output));
      if (!added.isFinite()) {
        throw new MetricException(
            "%s returns %s for a batch; all sums must be finite".formatted(words(metric), added));
      }
      return sums.getOrDefault(metric.name(), MetricSums.NONE).plus(added);
    } catch (MetricException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed(metric, e);
    }
  }

  private double value(Metric metric) {
    OptionalDouble value;
    try {
      value = metric.value(sums.get(metric.name()));
    } catch (RuntimeException e) {
      throw failed(metric, e);
    }
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new MetricException(
          "%s is %s; it must be finite, or empty if it is undefined"
              .formatted(words(metric), value.getAsDouble()));
    }
    return value.orElse(Double.NaN);
  }

  private static void requireOutputs(Metric metric, Map<String, Tensor> outputs) {
    for (String output : metric.outputs()) {
      if (!outputs.containsKey(output)) {
        throw new DataException(
            "%s reads the output '%s', but the outputs are %s"
                .formatted(words(metric), output, outputs.keySet()));
      }
    }
  }

  private static MetricException failed(Metric metric, RuntimeException cause) {
    String what = cause instanceof DataException ? cause.getMessage() : cause.toString();
    return new MetricException("%s failed: %s".formatted(words(metric), what), cause);
  }

  private static String words(Metric metric) {
    return "metric '%s' (%s)".formatted(metric.name(), metric.getClass().getName());
  }
}
