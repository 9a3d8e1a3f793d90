package dev.trifocal.apps.report;

import dev.trifocal.trainer.EpochRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The results of the two phases of transfer learning: frozen base and fine-tuning. */
public final class TransferPhases {
  private final String loss;
  private final String accuracy;
  private final boolean classified;

  private TransferPhases(EpochRecord first) {
    String prefix = first.validation().isEmpty() ? "" : EpochRecord.VALIDATION;
    this.loss = prefix + "loss";
    this.accuracy = prefix + "accuracy";
    this.classified = first.metrics().containsKey(accuracy);
  }

  /**
   * Returns a table with one row per phase and its best epoch: the first with the highest accuracy
   * or, without accuracy, the lowest loss.
   *
   * @param history the epochs of both phases
   * @param frozenEpochs the number of epochs of the first phase; all epochs if there is no second
   */
  public static TextTable table(List<EpochRecord> history, int frozenEpochs) {
    TransferPhases transferPhases = new TransferPhases(history.get(0));
    TextTable table =
        new TextTable()
            .text("phase")
            .number("epochs")
            .number("best epoch")
            .number(transferPhases.loss);
    if (transferPhases.classified) {
      table.number(transferPhases.accuracy);
    }
    transferPhases.row(table, "base frozen", history.subList(0, frozenEpochs));
    if (history.size() > frozenEpochs) {
      transferPhases.row(table, "fine-tuning", history.subList(frozenEpochs, history.size()));
    }
    return table;
  }

  private void row(TextTable table, String phase, List<EpochRecord> epochs) {
    EpochRecord best =
        epochs.stream()
            .max(Comparator.comparingDouble(this::rank).thenComparing(epoch -> -epoch.epoch()))
            .orElseThrow();
    Map<String, Double> metrics = best.metrics();
    List<Object> cells =
        new ArrayList<>(
            List.of(phase, epochs.size(), best.epoch(), NumberText.precise(metrics.get(loss))));
    if (classified) {
      cells.add(NumberText.precise(metrics.get(accuracy)));
    }
    table.row(cells.toArray());
  }

  private double rank(EpochRecord epoch) {
    return classified ? epoch.metrics().get(accuracy) : -epoch.metrics().get(loss);
  }
}
