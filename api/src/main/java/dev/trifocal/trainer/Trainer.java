package dev.trifocal.trainer;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.data.Splits;
import dev.trifocal.error.BackendException;
import dev.trifocal.error.DivergedException;
import dev.trifocal.train.LossGraph;
import java.util.Optional;

/**
 * The training loop, the same for every engine. What it computes depends on the state, the data and
 * {@link FitOptions} alone: a training that was interrupted anywhere and resumed from its last
 * checkpoint ends with the weights and the history (seconds aside) of one that was not.
 */
public final class Trainer {
  private final Backend backend;
  private final RunOptions options;
  private final TrainingListener listener;

  public Trainer(Backend backend, RunOptions options, TrainingListener listener) {
    this.backend = backend;
    this.options = options;
    this.listener = listener;
  }

  /**
   * Trains from {@code state}, a new one or one that was saved, until all epochs are done, patience
   * runs out or a stop is requested. The last state is saved after each epoch, every {@link
   * FitOptions#checkpointEvery} steps and at a stop. A training that has ended already returns at
   * once.
   *
   * @param sink of a training that is resumed, the one it used before
   * @throws dev.trifocal.error.DataException if model and data do not belong together, before the
   *     first step
   * @throws dev.trifocal.error.ConfigurationException if a training that stopped in mid-epoch is to
   *     go on with other data or batches, or what the sink saves holds a class that cannot be saved
   * @throws dev.trifocal.error.MetricException if a metric fails, or is not a finite number; the
   *     state after the last step has been saved
   * @throws dev.trifocal.error.DivergedException if the loss is not a finite number; the last good
   *     checkpoint stays
   */
  public TrainingResult fit(
      TrainingState state, Splits data, FitOptions fit, CheckpointSink sink, StopSignal stop) {
    Optional<Ending> ended = Fit.ending(state, fit);
    if (ended.isPresent()) {
      return result(state, sink, ended.get());
    }
    state.plan().requireParts(state.checkpoint().graph());
    DataFit.require(state, data, fit.batchSize());
    sink.requireSavable(state);
    if (state.progress().bestEpoch() > 0) {
      // Were it missing, better now than after hours of training.
      sink.best();
    }
    Progress progress = Origin.of(state.progress(), data.train(), fit);
    TrainingState start = state.on(data.train()).at(state.checkpoint(), progress);
    try (TrainingSession session = backend.train(state.plan(), state.checkpoint(), options)) {
      LossGraph loss = LossGraph.of(state.checkpoint().graph(), state.plan().objectives());
      return run(new Fit(start, loss, data, fit, backend, options, session, listener), sink, stop);
    }
  }

  /** Whether {@link #fit} would take no step: all epochs are done, or it stopped early. */
  public static boolean hasEnded(TrainingState state, FitOptions fit) {
    return Fit.ending(state, fit).isPresent();
  }

  private TrainingResult run(Fit fit, CheckpointSink sink, StopSignal stop) {
    Checkpoints checkpoints = new Checkpoints(fit, sink);
    EpochLoop loop = new EpochLoop(fit, checkpoints, stop);
    EpochEnd end = new EpochEnd(fit, checkpoints);
    Progress progress = fit.start().progress();
    listener.started(
        new TrainingStart(
            fit.options().epochs(),
            fit.batches(),
            progress.epoch(),
            progress.batch(),
            fit.graph()));
    Optional<Ending> ending = Optional.empty();
    while (ending.isEmpty()) {
      progress = loop.train(progress);
      if (progress.batch() < fit.batches() || stop.requested()) {
        checkpoints.last(progress);
        ending = Optional.of(Ending.INTERRUPTED);
      } else {
        progress = closed(end, progress, checkpoints);
        checkpoints.epoch(progress);
        listener.epochEnded(progress.history().get(progress.history().size() - 1));
        ending = Fit.ending(checkpoints.newest(), fit.options());
      }
    }
    return result(checkpoints.newest(), sink, ending.get());
  }

  private static Progress closed(EpochEnd end, Progress progress, Checkpoints checkpoints) {
    try {
      return end.close(progress);
    } catch (DivergedException | BackendException e) {
      throw e;
    } catch (RuntimeException e) {
      throw checkpoints.keeping(progress, e);
    }
  }

  private static TrainingResult result(TrainingState last, CheckpointSink sink, Ending ending) {
    TrainingState best = last.progress().bestEpoch() == 0 ? last : sink.best();
    return new TrainingResult(last, best, ending);
  }
}
