package dev.trifocal.trainer;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.data.Splits;
import java.util.Optional;

/**
 * The training loop, the same for every engine. What it computes depends on the state, the data and
 * {@link FitOptions} alone: a training that was interrupted anywhere and resumed from its last
 * checkpoint ends with the weights and the history (seconds aside) of one that was not.
 */
public final class Trainer {
  private final Backend backend;
  private final RunOptions options;
  private final Callbacks callbacks;

  public Trainer(Backend backend, RunOptions options, Callback callback) {
    this.backend = backend;
    this.options = options;
    this.callbacks = Callbacks.of(callback);
  }

  /**
   * Trains from {@code state}, a new one or one that was saved, until all epochs are done, patience
   * runs out, a callback stops it or a stop is requested. The last state is saved after each epoch,
   * every {@link FitOptions#checkpointEvery} steps and at a stop. A training that has ended already
   * returns at once.
   *
   * @param sink of a training that is resumed, the one it used before
   * @throws dev.trifocal.error.DataException if model and data do not belong together, before the
   *     first step
   * @throws dev.trifocal.error.ConfigurationException if a training that stopped in mid-epoch is to
   *     go on with other data or batches
   * @throws dev.trifocal.error.DivergedException if the loss is not a finite number; the last good
   *     checkpoint stays
   * @throws dev.trifocal.error.CallbackException if a callback fails; the state is saved before
   */
  public TrainingResult fit(
      TrainingState state, Splits data, FitOptions fit, CheckpointSink sink, StopSignal stop) {
    Optional<Ending> ended = Fit.ending(state, fit);
    if (ended.isPresent()) {
      return result(state, sink, ended.get());
    }
    state.plan().requireParts(state.checkpoint().graph());
    DataFit.require(state, data, fit.batchSize());
    if (state.progress().bestEpoch() > 0) {
      // Were it missing, better now than after hours of training.
      sink.best();
    }
    Progress progress = Origin.of(state.progress(), data.train(), fit);
    TrainingState start = state.at(state.checkpoint(), progress);
    try (TrainingSession session = backend.train(state.plan(), state.checkpoint(), options)) {
      TrainingLoop loop =
          new TrainingLoop(new Fit(start, data, fit, session, callbacks), sink, stop);
      Ending ending = loop.run();
      return result(loop.newest(), sink, ending);
    }
  }

  /** Whether {@link #fit} would take no step: all epochs are done, or it was stopped. */
  public static boolean hasEnded(TrainingState state, FitOptions fit) {
    return Fit.ending(state, fit).isPresent();
  }

  private static TrainingResult result(TrainingState last, CheckpointSink sink, Ending ending) {
    TrainingState best = last.progress().bestEpoch() == 0 ? last : sink.best();
    return new TrainingResult(last, best, ending);
  }
}
