package dev.trifocal.trainer;

import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The place where a {@link Trainer} saves a run.
 *
 * @param path run directory; empty if the run is not saved
 */
record RunLocation(Optional<Path> path, Use use) {
  /** How an existing run is treated. */
  enum Use {
    /** A run must not exist yet. */
    NEW,
    /** An existing run is resumed. */
    RESUME
  }

  /** Trains from a state. */
  interface Run {
    /**
     * Trains from a state.
     *
     * @param history callback that writes the history files, if any
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
   * Starts or resumes the run.
   *
   * @param first creates the state of a new run
   * @param resumed checks a saved state
   * @throws ConfigurationException if there is a run that should not be resumed, or no directory to
   *     resume from
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
          "%s already holds a training run; call resume() to continue it, or choose another directory"
              .formatted(path.get()));
    }
    TrainingState start = directory.hasLast() ? resumed.apply(directory.last()) : first.get();
    List<EpochRecord> before = start.progress().history();
    return run.from(start, directory, new HistoryFile(directory, before));
  }
}
