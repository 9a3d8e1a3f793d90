package dev.trifocal.apps.report;

import dev.trifocal.trainer.EpochRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a head on a frozen base came to, and what fine-tuning made of it. */
public final class Phases {
  private final String loss;
  private final String accuracy;
  private final boolean classified;

  private Phases(EpochRecord first) {
    String prefix = first.validation().isEmpty() ? "" : EpochRecord.VALIDATION;
    this.loss = prefix + "loss";
    this.accuracy = prefix + "accuracy";
    this.classified = first.metrics().containsKey(accuracy);
  }

  /**
   * A row for each phase, with its best epoch: the highest accuracy, or where nobody measured it
   * the lowest loss; the first of equals.
   *
   * @param frozenEpochs of the first phase; all of them if there is no second
   */
  public static Table table(List<EpochRecord> history, int frozenEpochs) {
    Phases phases = new Phases(history.get(0));
    Table table =
        new Table().text("phase").number("epochs").number("best epoch").number(phases.loss);
    if (phases.classified) {
      table.number(phases.accuracy);
    }
    phases.row(table, "base frozen", history.subList(0, frozenEpochs));
    if (history.size() > frozenEpochs) {
      phases.row(table, "fine-tuning", history.subList(frozenEpochs, history.size()));
    }
    return table;
  }

  private void row(Table table, String phase, List<EpochRecord> epochs) {
    EpochRecord best =
        epochs.stream()
            .max(Comparator.comparingDouble(this::rank).thenComparing(epoch -> -epoch.epoch()))
            .orElseThrow();
    Map<String, Double> metrics = best.metrics();
    List<Object> cells =
        new ArrayList<>(
            List.of(phase, epochs.size(), best.epoch(), Numbers.precise(metrics.get(loss))));
    if (classified) {
      cells.add(Numbers.precise(metrics.get(accuracy)));
    }
    table.row(cells.toArray());
  }

  private double rank(EpochRecord epoch) {
    return classified ? epoch.metrics().get(accuracy) : -epoch.metrics().get(loss);
  }
}
