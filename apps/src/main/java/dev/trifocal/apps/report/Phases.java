package dev.trifocal.apps.report;

import dev.trifocal.trainer.EpochRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a head on a frozen base came to, and what fine-tuning made of it. */
public interface Phases {
  String ACCURACY = "val_accuracy";
  String LOSS = "val_loss";

  /**
   * A row for each phase, with its best epoch: the highest accuracy, the first of equals.
   *
   * @param frozenEpochs of the first phase; all of them if there is no second
   */
  static Table table(List<EpochRecord> history, int frozenEpochs) {
    Table table =
        new Table()
            .text("phase")
            .number("epochs")
            .number("best epoch")
            .number(LOSS)
            .number(ACCURACY);
    row(table, "base frozen", history.subList(0, frozenEpochs));
    if (history.size() > frozenEpochs) {
      row(table, "fine-tuning", history.subList(frozenEpochs, history.size()));
    }
    return table;
  }

  private static void row(Table table, String phase, List<EpochRecord> epochs) {
    EpochRecord best =
        epochs.stream()
            .max(
                Comparator.<EpochRecord>comparingDouble(e -> e.metrics().get(ACCURACY))
                    .thenComparing(e -> -e.epoch()))
            .orElseThrow();
    Map<String, Double> metrics = best.metrics();
    table.row(
        phase,
        epochs.size(),
        best.epoch(),
        Numbers.precise(metrics.get(LOSS)),
        Numbers.precise(metrics.get(ACCURACY)));
  }
}
