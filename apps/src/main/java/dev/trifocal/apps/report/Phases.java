package dev.trifocal.apps.report;

import dev.trifocal.trainer.EpochRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a head on a frozen base came to, and what fine-tuning made of it. */
public final class Phases {
  private Phases() {}

  /**
   * A row for each phase, with its best epoch: the highest accuracy, the first of equals.
   *
   * @param frozenEpochs of the first phase; all of them if there is no second
   */
  public static Table table(List<EpochRecord> history, int frozenEpochs) {
    boolean validated = !history.get(0).validation().isEmpty();
    String prefix = validated ? EpochRecord.VALIDATION : "";
    String loss = prefix + "loss";
    String accuracy = prefix + "accuracy";
    Table table =
        new Table()
            .text("phase")
            .number("epochs")
            .number("best epoch")
            .number(loss)
            .number(accuracy);
    row(table, "base frozen", history.subList(0, frozenEpochs), loss, accuracy);
    if (history.size() > frozenEpochs) {
      row(table, "fine-tuning", history.subList(frozenEpochs, history.size()), loss, accuracy);
    }
    return table;
  }

  private static void row(
      Table table, String phase, List<EpochRecord> epochs, String loss, String accuracy) {
    EpochRecord best =
        epochs.stream()
            .max(
                Comparator.<EpochRecord>comparingDouble(e -> e.metrics().get(accuracy))
                    .thenComparing(e -> -e.epoch()))
            .orElseThrow();
    Map<String, Double> metrics = best.metrics();
    table.row(
        phase,
        epochs.size(),
        best.epoch(),
        Numbers.precise(metrics.get(loss)),
        Numbers.precise(metrics.get(accuracy)));
  }
}
