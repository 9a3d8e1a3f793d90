package dev.trifocal.trainer;

import dev.trifocal.data.Batch;
import dev.trifocal.metric.Mean;
import dev.trifocal.metric.Metric;
import dev.trifocal.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Means in the making, by the name under which they are reported. Immutable. */
record Averages(Map<String, Mean> means) {
  static final String LOSS = "loss";
  static final Averages NONE = new Averages(Map.of());

  Averages {
    means = Collections.unmodifiableMap(new LinkedHashMap<>(means));
  }

  /** These and one more value. */
  Averages plus(String name, Mean mean) {
    Map<String, Mean> sum = new LinkedHashMap<>(means);
    sum.merge(name, mean, Mean::plus);
    return new Averages(sum);
  }

  /** These and every metric over one batch. */
  Averages plus(List<Metric> metrics, Map<String, Tensor> outputs, Batch batch) {
    Averages sum = this;
    for (Metric metric : metrics) {
      sum =
          sum.plus(
              metric.name(),
              metric.of(outputs.get(metric.output()), BatchBinding.label(batch, metric.output())));
    }
    return sum;
  }

  Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    means.forEach((name, mean) -> values.put(name, mean.value()));
    return values;
  }
}
