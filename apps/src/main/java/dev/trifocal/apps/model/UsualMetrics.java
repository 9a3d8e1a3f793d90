package dev.trifocal.apps.model;

import dev.trifocal.graph.Graph;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.metric.Metric;
import dev.trifocal.metric.TopK;
import java.util.List;

/** What is measured of a classifier where nobody says otherwise. */
public interface UsualMetrics {
  /** From so many classes on, it says something to be among the first five. */
  int MANY = 20;

  /** Accuracy, and with many classes top-5 accuracy. */
  static List<Metric> of(int classes) {
    Metric accuracy = new Accuracy(Graph.OUTPUT);
    return classes < MANY ? List.of(accuracy) : List.of(accuracy, new TopK(Graph.OUTPUT, 5));
  }
}
