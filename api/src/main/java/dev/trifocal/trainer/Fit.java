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
import java.util.Optional;

/** What stays the same during one training: where it started, and what steps it will take. */
record Fit(
    TrainingState start,
    LossGraph loss,
    Splits data,
    FitOptions options,
    Backend backend,
    RunOptions runOptions,
    TrainingSession session,
    TrainingListener listener) {

  Graph graph() {
    return start.checkpoint().graph();
  }

  TrainingPlan plan() {
    return start.plan();
  }

  /** A program of the live weights. */
  Program compile(Graph graph) {
    return backend.compile(graph, session.weights(), runOptions);
  }

  /** Of one epoch. */
  int batches() {
    return BatchLoader.batches(data.train().size(), options.batchSize());
  }

  /** Steps taken when so many batches of an epoch are done, those before a resume included. */
  long step(int epoch, int batch) {
    Progress from = start.progress();
    long epochs = (long) epoch - from.epoch();
    return start.checkpoint().step() + epochs * batches() + batch - from.batch();
  }

  /** Of the step that comes after so many others. */
  double learningRate(long step) {
    long total = step(options.epochs() + 1, 0);
    return plan().learningRate(step, total);
  }

  /** Why no epoch follows, if none does. */
  static Optional<Ending> ending(TrainingState state, FitOptions options) {
    Progress progress = state.progress();
    if (progress.epoch() > options.epochs()) {
      return Optional.of(Ending.COMPLETED);
    }
    BestEpoch best = BestEpoch.of(progress.history(), state.metrics());
    return best.exhausts(options, progress.history().size())
        ? Optional.of(Ending.EARLY_STOPPED)
        : Optional.empty();
  }
}
