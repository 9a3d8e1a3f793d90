package dev.trifocal.apps.training;

import dev.trifocal.apps.data.DataResolver;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.engine.MemoryBudget;
import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.apps.report.training.LearningRatePlot;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.data.ClassMapping;
import dev.trifocal.data.Splits;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.LearningRateFinder;
import dev.trifocal.trainer.LearningRateSweep;
import dev.trifocal.trainer.TrainingState;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs a learning rate range test; creates no run directory. */
public final class LearningRateSearch {
  private static final int ROWS = 12;

  private final Terminal terminal;
  private final BackendRegistry backends;
  private final MemoryBudget memory;
  private final DataResolver dataResolver;
  private final InitialTrainingState firstState;

  @Inject
  LearningRateSearch(
      Terminal terminal,
      BackendRegistry backends,
      MemoryBudget memory,
      DataResolver dataResolver,
      InitialTrainingState firstState) {
    this.terminal = terminal;
    this.backends = backends;
    this.memory = memory;
    this.dataResolver = dataResolver;
    this.firstState = firstState;
  }

  /**
   * Runs the test.
   *
   * @param folder the folder for {@code find-lr.csv} and {@code find-lr.png}
   * @return the exit code: 0, or 130 after an interrupt
   * @throws dev.trifocal.error.TrifocalException if model, data and engine are incompatible
   */
  public int find(Settings settings, Path folder) {
    AtomicFile.requireWritable(folder);
    if (!settings.engine().isAuto()) {
      backends.backend(settings.engine());
    }
    Splits opened = dataResolver.open(settings);
    TrainingState start = firstState.of(settings, opened.train());
    Splits data = ClassMapping.inOrder(start.classes(), opened);
    Settings chosen = memory.chosen(settings, start.plan(), start.checkpoint());
    FitOptions fit =
        FitOptions.of(1, chosen.training().batchSize())
            .accumulate(chosen.training().accumulate())
            .shuffle(settings.training().shuffle())
            .loaderThreads(settings.training().loaderThreads());
    LearningRateSweep trial;
    try (InterruptHandler stop = InterruptHandler.watch(terminal)) {
      trial =
          LearningRateFinder.USUAL.run(
              backends.backend(chosen.engine()),
              settings.engine().options(),
              start,
              data,
              fit,
              stop);
      if (stop.requested()) {
        terminal.line("interrupted; no files were written");
        return InterruptHandler.EXIT_CODE;
      }
    }
    terminal.line(table(trial.points()).toString());
    terminal.line("");
    suggest("the loss falls fastest at:", trial.steepest());
    suggest("a tenth of the rate with the lowest loss:", trial.belowLowest());
    AtomicFile.write(folder.resolve("find-lr.csv"), csv(trial.points()));
    new LearningRatePlot(trial).write(folder.resolve("find-lr.png")).ifPresent(terminal::remark);
    terminal.line(
        "all %d steps: %s".formatted(trial.points().size(), folder.resolve("find-lr.csv")));
    return 0;
  }

  private void suggest(String why, Optional<Double> rate) {
    rate.ifPresent(value -> terminal.line("%s --lr %s".formatted(why, NumberText.rate(value))));
  }

  private static TextTable table(List<LearningRateSweep.Point> points) {
    TextTable table = new TextTable().number("lr").number("loss").number("smoothed");
    int every = Math.max(1, points.size() / ROWS);
    for (int i = 0; i < points.size(); i += every) {
      LearningRateSweep.Point point = points.get(i);
      table.row(
          NumberText.rate(point.rate()),
          NumberText.brief(point.loss()),
          NumberText.brief(point.smoothed()));
    }
    return table;
  }

  private static String csv(List<LearningRateSweep.Point> points) {
    StringBuilder text = new StringBuilder("lr,loss,smoothed\n");
    for (LearningRateSweep.Point point : points) {
      text.append(point.rate()).append(',').append(point.loss()).append(',');
      text.append(point.smoothed()).append('\n');
    }
    return text.toString();
  }
}
