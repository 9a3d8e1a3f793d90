package dev.trifocal.apps.model;

import dev.trifocal.config.MetricNames;
import dev.trifocal.config.Settings;
import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Metric;
import dev.trifocal.metric.TopK;
import dev.trifocal.shape.Shape;
import java.util.List;

/** The metrics of a classifier: those of the settings, else a default by number of classes. */
public final class DefaultMetrics {
  /** The number of classes from which top-5 accuracy is meaningful. */
  public static final int MANY = 20;

  private DefaultMetrics() {}

  /**
   * Returns the metrics for scores of the shape {@code [K]}, or {@code [K, H, W]} per pixel: by
   * default those of {@link #of(Settings, int)}, or mean IoU and accuracy per pixel.
   */
  public static List<Metric> of(Settings settings, Shape scores) {
    boolean pixels = scores.rank() == 3 && scores.elements() > scores.size(0);
    List<String> wanted = settings.training().metrics();
    return pixels && wanted.isEmpty()
        ? MetricNames.metrics(List.of("mean-iou", "accuracy"), Graph.OUTPUT)
        : of(settings, scores.size(0));
  }

  /**
   * Returns the metrics; by default accuracy, and top-5 accuracy for {@link #MANY} classes, or F1
   * for multi-label data.
   */
  public static List<Metric> of(Settings settings, int classes) {
    List<String> wanted = settings.training().metrics();
    if (settings.images().isMultiLabel()) {
      return MetricNames.multiLabel(wanted.isEmpty() ? List.of("f1") : wanted, Graph.OUTPUT);
    }
    if (!wanted.isEmpty()) {
      return MetricNames.metrics(wanted, Graph.OUTPUT);
    }
    Metric accuracy = new Accuracy(Graph.OUTPUT);
    return classes < MANY ? List.of(accuracy) : List.of(accuracy, new TopK(Graph.OUTPUT, 5));
  }
}
