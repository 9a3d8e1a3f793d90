package dev.trifocal.trainer;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.data.BatchLoader;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.Optional;

/** The constants of a run: its start, options and schedule. */
record TrainingContext(
    TrainingState start,
    LossGraph loss,
    Splits data,
    FitOptions options,
    Backend backend,
    RunOptions runOptions,
    TrainingSession session,
    Callbacks callbacks) {

  Graph graph() {
    return start.checkpoint().graph();
  }

  TrainingPlan plan() {
    return start.plan();
  }

  Program compile(Graph other, Weights weights) {
    return backend.compile(other, weights, runOptions);
  }

  /** Returns the number of batches per epoch. */
  int batches() {
    return BatchLoader.batches(data.train().size(), options.batchSize());
  }

  /**
   * Returns the number of steps taken after a batch of an epoch, including those before a resume.
   */
  long step(int epoch, int batch) {
    TrainingProgress from = start.progress();
    long epochs = (long) epoch - from.epoch();
    return start.checkpoint().step()
        + epochs * steps(batches())
        + steps(batch)
        - steps(from.batch());
  }

  /** Returns the number of steps taken at a point of the run. */
  long step(TrainingProgress now) {
    return step(now.epoch(), now.batch());
  }

  /** Returns the scheduled learning rate of the step after the given number of steps. */
  double scheduledRate(long step) {
    long total = step(options.epochs() + 1, 0);
    return plan().learningRate(step, total);
  }

  /** Returns the learning rate of the next step, as changed by callbacks. */
  double learningRate(TrainingProgress now) {
    return scheduledRate(step(now)) * now.callbacks().rateFactor();
  }

  /** Returns the reason why the run has ended; empty if another epoch follows. */
  static Optional<StopReason> ending(TrainingProgress progress, FitOptions options) {
    if (progress.epoch() > options.epochs()) {
      return Optional.of(StopReason.COMPLETED);
    }
    if (progress.callbacks().stopReason().isPresent()) {
      return Optional.of(StopReason.STOPPED);
    }
    return BestEpoch.of(progress).exhausts(options, progress.history().size())
        ? Optional.of(StopReason.EARLY_STOPPED)
        : Optional.empty();
  }

  /** Returns the number of steps for batches of one epoch. */
  private int steps(int batches) {
    return BatchLoader.batches(batches, options.accumulate());
  }
}
