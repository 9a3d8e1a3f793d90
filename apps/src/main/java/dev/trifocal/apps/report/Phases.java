package dev.trifocal.apps.report;

import dev.trifocal.trainer.EpochRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a head on a frozen base came to, and what fine-tuning made of it. */
public interface Phases {
  String ACCURACY = "val_accuracy";
  String LOSS = "val_loss";

  /**
   * A row for each phase, with its best epoch: the highest accuracy, or where nobody measured it
   * the lowest loss; the first of equals.
   *
   * @param frozenEpochs of the first phase; all of them if there is no second
   */
  static Table table(List<EpochRecord> history, int frozenEpochs) {
    Table table = new Table().text("phase").number("epochs").number("best epoch").number(LOSS);
    if (hasAccuracy(history.get(0))) {
      table.number(ACCURACY);
    }
    row(table, "base frozen", history.subList(0, frozenEpochs));
    if (history.size() > frozenEpochs) {
      row(table, "fine-tuning", history.subList(frozenEpochs, history.size()));
    }
    return table;
  }

  private static void row(Table table, String phase, List<EpochRecord> epochs) {
    EpochRecord best =
        epochs.stream()
            .max(Comparator.comparingDouble(Phases::rank).thenComparing(epoch -> -epoch.epoch()))
            .orElseThrow();
    Map<String, Double> metrics = best.metrics();
    List<Object> cells =
        new ArrayList<>(
            List.of(phase, epochs.size(), best.epoch(), Numbers.precise(metrics.get(LOSS))));
    if (hasAccuracy(best)) {
      cells.add(Numbers.precise(metrics.get(ACCURACY)));
    }
    table.row(cells.toArray());
  }

  private static double rank(EpochRecord epoch) {
    return hasAccuracy(epoch) ? epoch.metrics().get(ACCURACY) : -epoch.metrics().get(LOSS);
  }

  private static boolean hasAccuracy(EpochRecord epoch) {
    return epoch.metrics().containsKey(ACCURACY);
  }
}
