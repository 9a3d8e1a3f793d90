package dev.trifocal.apps.training;

import dev.trifocal.apps.data.DataResolver;
import dev.trifocal.apps.engine.BackendChooser;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.engine.MemoryBudget;
import dev.trifocal.apps.progress.ProgressView;
import dev.trifocal.apps.run.RunLock;
import dev.trifocal.apps.run.StepFile;
import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.apps.settings.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.config.MetricNames;
import dev.trifocal.config.PlateauSettings;
import dev.trifocal.config.ScheduleKind;
import dev.trifocal.config.ScheduleSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.config.SettingsText;
import dev.trifocal.config.TrainingSettings;
import dev.trifocal.config.TransferSettings;
import dev.trifocal.data.ClassMapping;
import dev.trifocal.data.Splits;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.EngineMemoryException;
import dev.trifocal.error.FileException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.profile.Stopwatch;
import dev.trifocal.tensor.UnusedTensors;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.DataCompatibility;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.HistoryFile;
import dev.trifocal.trainer.PhaseTime;
import dev.trifocal.trainer.ReduceOnPlateau;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.StopReason;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.trainer.WallTime;
import dev.trifocal.transfer.TransferPlan;
import dev.trifocal.transfer.TransferTrainer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Executes a training run, new or resumed, from start to summary. */
public final class TrainingJob {
  private final Terminal terminal;
  private final BackendRegistry backends;
  private final BackendChooser chooser;
  private final MemoryBudget memory;
  private final DataResolver dataResolver;
  private final InitialTrainingState firstState;
  private final TrainingSummary lastWords;

  @Inject
  TrainingJob(
      Terminal terminal,
      BackendRegistry backends,
      BackendChooser chooser,
      MemoryBudget memory,
      DataResolver dataResolver,
      InitialTrainingState firstState,
      TrainingSummary lastWords) {
    this.terminal = terminal;
    this.backends = backends;
    this.chooser = chooser;
    this.memory = memory;
    this.dataResolver = dataResolver;
    this.firstState = firstState;
    this.lastWords = lastWords;
  }

  /**
   * Trains and completes the run directory.
   *
   * @return the exit code: 0, or 130 after an interrupt
   * @throws dev.trifocal.error.TrifocalException if training fails; saved states are kept
   */
  public int train(TrainingRun run) {
    Settings settings = run.settings();
    if (!settings.engine().isAuto()) {
      // Fail before the run directory exists, or a later --resume would find it.
      backends.backend(settings.engine());
    }
    Stopwatch reading = Stopwatch.start();
    Splits data = dataResolver.open(settings);
    double read = reading.seconds();
    // Read under the lock, or another process may train on in the meantime.
    if (run.directory().hasLast()) {
      return RunLock.holding(
          run.folder(),
          () -> {
            Begun begun = compatible(run, run.directory().last(), data);
            TrainingPlan plan = begun.state().plan();
            Checkpoint last = begun.state().checkpoint();
            Settings named = chooser.training(settings, plan, last);
            memory.requireFit(named, plan, last);
            return train(new TrainingRun(run.folder(), named), begun, read);
          });
    }
    Begun begun = compatible(run, firstState.of(settings, data.train()), data);
    TrainingRun chosen = chosen(run, begun);
    return RunLock.holding(
        run.folder(),
        () -> {
          requireNew(run);
          return train(chosen, begun, read);
        });
  }

  /**
   * Returns the run with a named backend and batches that fit into memory; it records both, so that
   * it resumes with the same ones.
   */
  private TrainingRun chosen(TrainingRun run, Begun begun) {
    TrainingState start = begun.state();
    Settings fitted = memory.chosen(run.settings(), start.plan(), start.checkpoint());
    DataCompatibility.require(begun.state(), begun.data(), fitted.training().batchSize());
    return new TrainingRun(run.folder(), fitted);
  }

  /** A state, and the data with the class ids of its model. */
  private record Begun(TrainingState state, Splits data) {}

  private static Begun compatible(TrainingRun run, TrainingState start, Splits opened) {
    TrainingSettings training = run.settings().training();
    Splits data = ClassMapping.inOrder(start.classes(), opened);
    DataCompatibility.require(start, data, training.batchSize());
    fitOptions(training).requireMeasured(start.metrics());
    return new Begun(start, data);
  }

  private static void requireNew(TrainingRun run) {
    if (run.directory().hasLast()) {
      throw new ConfigurationException(
          "%s was trained by another process in the meantime; resume it with --resume %s, or choose another --out"
              .formatted(run.folder(), run.folder()));
    }
  }

  private int train(TrainingRun run, Begun begun, double read) {
    Backend backend = backends.backend(run.settings().engine());
    TrainingState start = begun.state();
    Splits data = begun.data();
    requireUnfinished(run, start);
    AtomicFile.write(run.folder().resolve(SettingsLoader.FILE), SettingsText.of(run.settings()));
    run.directory().history(start.progress().history());
    StepFile.of(run).keepUpTo(start.checkpoint().step());
    terminal.progress(TrainingBanner.text(run, start, data, backend));
    TrainingNotes.of(run, start, data).forEach(terminal::remark);
    WallTime time = new WallTime("training");
    TrainingOutcome outcome = fit(run, start, data, backend, time);
    UnusedTensors.free(start.checkpoint().bytes());
    return outcome.ending() == StopReason.INTERRUPTED
        ? interrupted(run, outcome)
        : lastWords.print(run, outcome, data, backend, times(read, time));
  }

  /** Returns the times of all phases, with the opening of the data first. */
  private static List<PhaseTime> times(double read, WallTime time) {
    List<PhaseTime> result = new ArrayList<>(List.of(new PhaseTime("opening data", read, read, 0)));
    result.addAll(time.phases());
    return result;
  }

  private TrainingOutcome fit(
      TrainingRun run, TrainingState start, Splits data, Backend backend, WallTime time) {
    MemoryAdvice advice =
        new MemoryAdvice(
            run,
            backend,
            start.plan(),
            BackendChooser.trained(run.settings(), start.plan(), start.checkpoint().graph()));
    try {
      return MemoryGuard.during(terminal, advice, () -> unguarded(run, start, data, backend, time));
    } catch (EngineMemoryException e) {
      throw advice.about(e);
    } catch (OutOfMemoryError e) {
      throw advice.about(e);
    }
  }

  private TrainingOutcome unguarded(
      TrainingRun run, TrainingState start, Splits data, Backend backend, WallTime time) {
    RunDirectory directory = run.directory();
    Settings settings = run.settings();
    try (EventLog events = EventLog.of(run, start, data.train());
        ProgressView view = ProgressView.on(terminal);
        InterruptHandler stop = InterruptHandler.watch(terminal)) {
      Callback callbacks =
          Callbacks.of(
              new HistoryFile(directory, start.progress().history()),
              new StepLog(StepFile.of(run), backend.name()),
              events.listener(),
              time,
              view,
              plateau(settings.training().schedule()));
      FitOptions fit = fitOptions(settings.training());
      RunOptions engine = settings.engine().options();
      if (settings.transfer().isPresent()) {
        TransferPlan plan =
            settings.transfer().get().plan(start.plan(), settings.training().epochs());
        return TrainingOutcome.of(
            new TransferTrainer(backend, engine, callbacks)
                .fit(start, data, plan, fit, directory, stop));
      }
      return TrainingOutcome.of(
          new Trainer(backend, engine, callbacks).fit(start, data, fit, directory, stop));
    }
  }

  private static Callback plateau(ScheduleSettings schedule) {
    PlateauSettings plateau = schedule.plateau();
    return schedule.kind() == ScheduleKind.PLATEAU
        ? new ReduceOnPlateau()
            .factor(schedule.plateauFactor())
            .patience(plateau.patience())
            .threshold(plateau.threshold())
            .cooldown(plateau.cooldown())
            .minLearningRate(plateau.minLearningRate())
        : Callbacks.none();
  }

  private int interrupted(TrainingRun run, TrainingOutcome outcome) {
    String command = run.settings().transfer().isPresent() ? "transfer" : "train";
    terminal.line(
        "interrupted in epoch %d after step %d; resume with: ./trifocal %s --resume %s"
            .formatted(outcome.progress().epoch(), outcome.step(), command, run.folder()));
    return InterruptHandler.EXIT_CODE;
  }

  /** Checks that epochs remain, and deletes the model file, which marks a finished run. */
  private static void requireUnfinished(TrainingRun run, TrainingState start) {
    if (!run.isFinished()) {
      return;
    }
    int done = start.progress().history().size();
    Settings settings = run.settings();
    int planned = settings.training().epochs();
    boolean oneLoop = settings.transfer().filter(t -> t.fineTuneEpochs() > 0).isEmpty();
    if (oneLoop && done >= planned) {
      throw new ConfigurationException(
          "%s has completed its %d epochs; to train further, request more, for example --epochs %d"
              .formatted(run.folder(), done, 2 * done));
    }
    requireMoreFineTuning(run, start);
    try {
      Files.delete(run.model());
    } catch (IOException e) {
      throw new FileException(run.model() + " cannot be replaced: " + e.getMessage(), e);
    }
  }

  private static void requireMoreFineTuning(TrainingRun run, TrainingState start) {
    Optional<TransferSettings> transfer = run.settings().transfer();
    int frozen = TransferTrainer.frozenEpochs(start.progress()).orElse(0);
    int done = start.progress().history().size() - frozen;
    if (frozen > 0 && transfer.isPresent() && done >= transfer.get().fineTuneEpochs()) {
      throw new ConfigurationException(
          "%s has completed its %d epochs of fine-tuning; to train further, request more, for example --fine-tune-epochs %d"
              .formatted(run.folder(), done, 2 * done));
    }
  }

  private static FitOptions fitOptions(TrainingSettings training) {
    return new FitOptions(
        training.epochs(),
        training.batchSize(),
        training.shuffle(),
        training.patience(),
        training.checkpointEvery(),
        training.loaderThreads(),
        training.accumulate(),
        0,
        training.bestBy().map(MetricNames::name));
  }
}
