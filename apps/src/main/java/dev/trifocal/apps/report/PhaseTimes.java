package dev.trifocal.apps.report;

import dev.trifocal.trainer.PhaseTime;
import java.util.List;
import java.util.Locale;

/** The breakdown of a training run's wall time. */
public final class PhaseTimes {
  private PhaseTimes() {}

  /** Returns a table with one row per phase. */
  public static TextTable table(List<PhaseTime> phases) {
    TextTable table =
        new TextTable()
            .text("phase")
            .number("wall time")
            .number("data")
            .number("engine")
            .number("other")
            .number("waited for data");
    for (PhaseTime time : phases) {
      table.row(
          time.phase(),
          NumberText.seconds(time.total()),
          NumberText.seconds(time.data()),
          NumberText.seconds(time.engine()),
          NumberText.seconds(time.other()),
          time.engine() == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * time.waiting()));
    }
    return table;
  }
}
