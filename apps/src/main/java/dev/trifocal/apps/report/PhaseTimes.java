package dev.trifocal.apps.report;

import dev.trifocal.trainer.PhaseTime;
import java.util.List;
import java.util.Locale;

/** Where the wall time of a training went. */
public interface PhaseTimes {
  /** A row for each phase. */
  static Table table(List<PhaseTime> phases) {
    Table table =
        new Table()
            .text("phase")
            .number("wall time")
            .number("data")
            .number("engine")
            .number("other")
            .number("waited for data");
    for (PhaseTime time : phases) {
      table.row(
          time.phase(),
          Numbers.seconds(time.total()),
          Numbers.seconds(time.data()),
          Numbers.seconds(time.engine()),
          Numbers.seconds(time.other()),
          time.engine() == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * time.waiting()));
    }
    return table;
  }
}
