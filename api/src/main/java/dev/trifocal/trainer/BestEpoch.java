package dev.trifocal.trainer;

import dev.trifocal.metric.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The best epoch so far by {@link FitOptions#bestBy}. The default is the highest {@code
 * val_mean_iou} or else {@code val_accuracy}, whichever is among the metrics, or else the lowest
 * {@code val_loss}. Ties go to the lower {@code val_loss}, then to the earlier epoch. Without
 * validation data, values of the training data are compared.
 *
 * @param epoch number of the epoch, from 1; 0 if there is none
 * @param value its value; NaN if there is none
 */
record BestEpoch(int epoch, double value) {
  private static final List<String> USUAL = List.of("mean_iou", "accuracy");

  /** Returns the best epoch recorded in a run's progress. */
  static BestEpoch of(TrainingProgress progress) {
    return new BestEpoch(progress.bestEpoch(), progress.bestValue());
  }

  /** Compares the epoch that has just ended with the best one before. */
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

  /** Returns true if the patience of this phase is exhausted after an epoch. */
  boolean exhausts(FitOptions options, int epoch) {
    int since = Math.max(this.epoch, options.earlierEpochs());
    return options.patience().isPresent() && epoch - since >= options.patience().getAsInt();
  }

  private static String usual(List<Metric> metrics) {
    List<String> names = metrics.stream().map(Metric::name).toList();
    return USUAL.stream().filter(names::contains).findFirst().orElse(MetricTotals.LOSS);
  }

  private static double value(EpochRecord record, String key) {
    Map<String, Double> metrics = record.metrics();
    return metrics.getOrDefault(key, Double.NaN);
  }
}
