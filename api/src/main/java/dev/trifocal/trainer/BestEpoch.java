package dev.trifocal.trainer;

import dev.trifocal.metric.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The best of some epochs, by {@link FitOptions#bestBy}: without a choice the one with the highest
 * {@code val_accuracy} where accuracy is among the metrics, else with the lowest {@code val_loss}.
 * Of equal values the one with the lower {@code val_loss} is better, and of equal losses the first.
 * Where nothing was validated, the values of the training data decide.
 *
 * @param epoch 0 for none
 * @param value NaN for none
 */
record BestEpoch(int epoch, double value) {
  private static final String ACCURACY = "accuracy";

  /** As a training has it so far. */
  static BestEpoch of(TrainingProgress progress) {
    return new BestEpoch(progress.bestEpoch(), progress.bestValue());
  }

  /** With the last epoch, which has just ended, against the best one before. */
  static BestEpoch after(TrainingProgress closed, List<Metric> metrics, Optional<String> by) {
    List<EpochRecord> history = closed.history();
    int last = history.size();
    int best = closed.bestEpoch();
    return of(
        best == 0
            ? List.of(history.get(last - 1))
            : List.of(history.get(best - 1), history.get(last - 1)),
        metrics,
        by);
  }

  static BestEpoch of(List<EpochRecord> epochs, List<Metric> metrics, Optional<String> by) {
    boolean validated = epochs.stream().anyMatch(record -> !record.validation().isEmpty());
    String prefix = validated ? EpochRecord.VALIDATION : "";
    String name = by.orElseGet(() -> usual(metrics));
    double sign = name.equals(MetricTotals.LOSS) ? 1 : -1;
    BestEpoch best = new BestEpoch(0, Double.NaN);
    double bestLoss = Double.NaN;
    for (EpochRecord record : epochs) {
      double value = value(record, prefix + name);
      double loss = value(record, prefix + MetricTotals.LOSS);
      boolean first = best.epoch == 0 && !Double.isNaN(value);
      boolean tie = value == best.value && loss < bestLoss;
      if (first || tie || sign * value < sign * best.value) {
        best = new BestEpoch(record.epoch(), value);
        bestLoss = loss;
      }
    }
    return best;
  }

  /** Whether so many epochs in a row have passed, in this phase, without a better one. */
  boolean exhausts(FitOptions options, int epoch) {
    int since = Math.max(this.epoch, options.earlierEpochs());
    return options.patience().isPresent() && epoch - since >= options.patience().getAsInt();
  }

  private static String usual(List<Metric> metrics) {
    boolean accuracy = metrics.stream().anyMatch(metric -> metric.name().equals(ACCURACY));
    return accuracy ? ACCURACY : MetricTotals.LOSS;
  }

  private static double value(EpochRecord record, String key) {
    Map<String, Double> metrics = record.metrics();
    return metrics.getOrDefault(key, Double.NaN);
  }
}
