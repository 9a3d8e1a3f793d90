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

/** What stays the same during one training: where it started, and what steps it will take. */
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

  /** Of one epoch. */
  int batches() {
    return BatchLoader.batches(data.train().size(), options.batchSize());
  }

  /** Steps taken when so many batches of an epoch are done, those before a resume included. */
  long step(int epoch, int batch) {
    TrainingProgress from = start.progress();
    long epochs = (long) epoch - from.epoch();
    return start.checkpoint().step()
        + epochs * steps(batches())
        + steps(batch)
        - steps(from.batch());
  }

  /** Steps taken at this point. */
  long step(TrainingProgress now) {
    return step(now.epoch(), now.batch());
  }

  /** As scheduled, of the step that comes after so many others. */
  double scheduledRate(long step) {
    long total = step(options.epochs() + 1, 0);
    return plan().learningRate(step, total);
  }

  /** Of the step that comes next, as callbacks have left it. */
  double learningRate(TrainingProgress now) {
    return scheduledRate(step(now)) * now.callbacks().rateFactor();
  }

  /** Why no epoch follows, if none does. */
  static Optional<StopReason> ending(TrainingState state, FitOptions options) {
    TrainingProgress progress = state.progress();
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

  /** That so many batches of one epoch make. */
  private int steps(int batches) {
    return BatchLoader.batches(batches, options.accumulate());
  }
}
