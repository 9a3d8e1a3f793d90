package dev.trifocal.trainer;

import dev.trifocal.metric.Metric;
import java.util.List;

/**
 * The best epoch of a history: the one with the highest {@code val_accuracy} where accuracy is
 * among the metrics, else with the lowest {@code val_loss}; the first of equals. Where nothing was
 * validated, {@code accuracy} or {@code loss} of the training data decides.
 *
 * @param epoch 0 for none
 * @param value NaN for none
 */
record BestEpoch(int epoch, double value) {
  private static final String ACCURACY = "accuracy";

  static BestEpoch of(List<EpochRecord> history, List<Metric> metrics) {
    boolean accuracy = metrics.stream().anyMatch(metric -> metric.name().equals(ACCURACY));
    String name = accuracy ? ACCURACY : MetricTotals.LOSS;
    boolean validated = history.stream().anyMatch(record -> !record.validation().isEmpty());
    String key = (validated ? EpochRecord.VALIDATION : "") + name;
    double sign = accuracy ? 1 : -1;
    BestEpoch best = new BestEpoch(0, Double.NaN);
    for (EpochRecord record : history) {
      double value = record.metrics().getOrDefault(key, Double.NaN);
      boolean first = best.epoch == 0 && !Double.isNaN(value);
      if (first || sign * value > sign * best.value) {
        best = new BestEpoch(record.epoch(), value);
      }
    }
    return best;
  }

  /** Whether so many epochs in a row have passed, in this phase, without a better one. */
  boolean exhausts(FitOptions options, int epoch) {
    int since = Math.max(this.epoch, options.earlierEpochs());
    return options.patience().isPresent() && epoch - since >= options.patience().getAsInt();
  }
}
