package dev.trifocal.apps.model;

import dev.trifocal.config.MetricNames;
import dev.trifocal.config.Settings;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Metric;
import dev.trifocal.metric.TopK;
import java.util.List;

/** What is measured of a classifier: what the settings name, else what suits its classes. */
public final class DefaultMetrics {
  /** From so many classes on, it says something to be among the first five. */
  public static final int MANY = 20;

  private DefaultMetrics() {}

  /** By default accuracy, and with many classes top-5 accuracy. */
  public static List<Metric> of(Settings settings, int classes) {
    List<String> wanted = settings.training().metrics();
    if (!wanted.isEmpty()) {
      return MetricNames.metrics(wanted, Graph.OUTPUT);
    }
    Metric accuracy = new Accuracy(Graph.OUTPUT);
    return classes < MANY ? List.of(accuracy) : List.of(accuracy, new TopK(Graph.OUTPUT, 5));
  }
}
