package dev.trifocal.apps.training;

import dev.trifocal.apps.data.DataShelf;
import dev.trifocal.apps.engine.Engines;
import dev.trifocal.apps.report.Numbers;
import dev.trifocal.apps.report.Table;
import dev.trifocal.apps.report.training.RatePlot;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import dev.trifocal.config.Settings;
import dev.trifocal.data.Splits;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.RateRangeTest;
import dev.trifocal.trainer.RateTrial;
import dev.trifocal.trainer.TrainingState;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks for a learning rate, and saves no run. */
public final class RateFinding {
  private static final int ROWS = 12;

  private final Terminal terminal;
  private final Engines engines;
  private final DataShelf shelf;
  private final FirstState firstState;

  @Inject
  RateFinding(Terminal terminal, Engines engines, DataShelf shelf, FirstState firstState) {
    this.terminal = terminal;
    this.engines = engines;
    this.shelf = shelf;
    this.firstState = firstState;
  }

  /**
   * @param folder where the files go
   * @return the exit code: 0, or 130 if someone interrupted
   * @throws dev.trifocal.error.TrifocalException if model, data and engine do not go together
   */
  public int find(Settings settings, Path folder) {
    Backend backend = engines.backend(settings.engine().backend());
    settings.engine().options().requireDeviceOf(backend);
    Splits data = shelf.open(settings);
    TrainingState start = firstState.of(settings, data.train());
    FitOptions fit =
        FitOptions.of(1, settings.training().batchSize())
            .shuffle(settings.training().shuffle())
            .loaderThreads(settings.training().loaderThreads());
    RateTrial trial;
    try (Interruption stop = Interruption.watch(terminal)) {
      trial = RateRangeTest.USUAL.run(backend, settings.engine().options(), start, data, fit, stop);
      if (stop.requested()) {
        terminal.line("interrupted; nothing is written of a test that did not end");
        return Interruption.EXIT_CODE;
      }
    }
    terminal.line(table(trial.points()).toString());
    terminal.line("");
    suggest("the loss falls fastest at", trial.steepest());
    suggest("a tenth of the rate with the lowest loss:", trial.belowLowest());
    AtomicFile.write(folder.resolve("find-lr.csv"), csv(trial.points()));
    new RatePlot(trial).write(folder.resolve("find-lr.png")).ifPresent(terminal::remark);
    terminal.line(
        "all %d steps: %s".formatted(trial.points().size(), folder.resolve("find-lr.csv")));
    return 0;
  }

  private void suggest(String why, Optional<Double> rate) {
    rate.ifPresent(value -> terminal.line("%s --lr %s".formatted(why, Numbers.rate(value))));
  }

  private static Table table(List<RateTrial.Point> points) {
    Table table = new Table().number("lr").number("loss").number("smoothed");
    int every = Math.max(1, points.size() / ROWS);
    for (int i = 0; i < points.size(); i += every) {
      RateTrial.Point point = points.get(i);
      table.row(
          Numbers.rate(point.rate()), Numbers.brief(point.loss()), Numbers.brief(point.smoothed()));
    }
    return table;
  }

  private static String csv(List<RateTrial.Point> points) {
    StringBuilder text = new StringBuilder("lr,loss,smoothed\n");
    for (RateTrial.Point point : points) {
      text.append(point.rate()).append(',').append(point.loss()).append(',');
      text.append(point.smoothed()).append('\n');
    }
    return text.toString();
  }
}
