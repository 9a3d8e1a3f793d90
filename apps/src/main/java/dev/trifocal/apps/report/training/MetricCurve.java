package dev.trifocal.apps.report.training;

import dev.trifocal.trainer.EpochRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One metric by epoch, in training and validation; NaN where it was not computed.
 *
 * @param metric the name of the metric
 * @param epochs the numbers of the epochs
 * @param train the training values
 * @param validation the validation values
 */
record MetricCurve(String metric, List<Integer> epochs, double[] train, double[] validation) {
  /** Returns the curves of the loss and of the accuracy, or else of the first other metric. */
  static List<MetricCurve> of(List<EpochRecord> history) {
    List<MetricCurve> curves = new ArrayList<>();
    if (!history.isEmpty()) {
      curves.add(of(history, "loss"));
      List<String> others =
          history.get(0).metrics().keySet().stream()
              .filter(name -> !name.equals("loss") && !name.startsWith("val_"))
              .toList();
      others.stream()
          .filter(name -> name.equals("accuracy") || !others.contains("accuracy"))
          .findFirst()
          .ifPresent(name -> curves.add(of(history, name)));
    }
    return curves;
  }

  private static MetricCurve of(List<EpochRecord> history, String metric) {
    return new MetricCurve(
        metric,
        history.stream().map(EpochRecord::epoch).toList(),
        values(history, metric),
        values(history, "val_" + metric));
  }

  private static double[] values(List<EpochRecord> history, String key) {
    return history.stream()
        .mapToDouble(epoch -> epoch.metrics().getOrDefault(key, Double.NaN))
        .map(value -> Double.isFinite(value) ? value : Double.NaN)
        .toArray();
  }

  /** Returns the value axis, which includes 0 for losses and ends at 1 for fractions. */
  PlotAxis axis() {
    double[] values =
        DoubleStream.concat(DoubleStream.of(train), DoubleStream.of(validation))
            .filter(Double::isFinite)
            .toArray();
    double low = DoubleStream.of(values).min().orElse(0);
    double high = DoubleStream.of(values).max().orElse(1);
    return metric.equals("loss")
        ? PlotAxis.over(Math.min(0, low), high)
        : PlotAxis.over(low, Math.max(1, high));
  }

  PlotAxis epochAxis() {
    return PlotAxis.epochs(epochs.get(0), epochs.get(epochs.size() - 1));
  }
}
