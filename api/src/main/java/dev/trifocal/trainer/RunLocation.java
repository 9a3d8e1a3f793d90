package dev.trifocal.trainer;

import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Where a {@link Trainer} saves a run.
 *
 * @param path empty for nowhere
 */
record RunLocation(Optional<Path> path, Use use) {
  /** What becomes of a run that is there already. */
  enum Use {
    /** It must not be there. */
    NEW,
    /** It goes on. */
    RESUME
  }

  /** Trains from a state. */
  interface Run {
    /**
     * @param history keeps the history's files, where there are any
     */
    TrainingResult from(TrainingState start, CheckpointStore sink, Callback history);
  }

  RunLocation at(Path other) {
    return new RunLocation(Optional.of(other), use);
  }

  RunLocation use(Use other) {
    return new RunLocation(path, other);
  }

  /**
   * @param first makes the state of a new run
   * @param resumed checks a saved state
   * @throws ConfigurationException if there is a run where none should be, or no folder
   */
  TrainingResult train(
      Supplier<TrainingState> first, UnaryOperator<TrainingState> resumed, Run run) {
    if (path.isEmpty()) {
      if (use == Use.RESUME) {
        throw new ConfigurationException(
            "there is nothing to resume: name the run directory with saveTo(...)");
      }
      return run.from(first.get(), new MemoryCheckpoints(), Callbacks.none());
    }
    RunDirectory directory = RunDirectory.at(path.get());
    if (directory.hasLast() && use == Use.NEW) {
      throw new ConfigurationException(
          "%s holds a training run already; continue it with resume(), or choose another folder"
              .formatted(path.get()));
    }
    TrainingState start = directory.hasLast() ? resumed.apply(directory.last()) : first.get();
    List<EpochRecord> before = start.progress().history();
    return run.from(start, directory, new HistoryFile(directory, before));
  }
}
