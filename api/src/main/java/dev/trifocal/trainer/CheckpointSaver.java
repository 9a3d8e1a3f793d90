package dev.trifocal.trainer;

import dev.trifocal.error.CallbackException;
import dev.trifocal.error.DivergedException;
import dev.trifocal.error.MetricException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.tensor.UnusedTensors;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.weights.Weights;
import java.util.Iterator;
import java.util.Map;

/**
 * Saves the states of a run; never overwrites a good state with one that has diverged. Keeps no
 * state that has been saved, which would take the memory of all weights and slots.
 */
final class CheckpointSaver {
  private final TrainingContext context;
  private final CheckpointStore sink;
  private Saved newest;
  private TrainingProgress reached;

  /** What is left of the newest saved state, or of the start. */
  private record Saved(TrainingProgress progress, long step, long bytes) {
    private static Saved of(TrainingState state) {
      return new Saved(state.progress(), state.checkpoint().step(), state.checkpoint().bytes());
    }
  }

  CheckpointSaver(TrainingContext context, CheckpointStore sink) {
    this.context = context;
    this.sink = sink;
    this.newest = Saved.of(context.start());
    this.reached = TrainingProgress.start();
  }

  /** Returns the progress of the newest saved state. */
  TrainingProgress newest() {
    return newest.progress();
  }

  /** Frees the memory of the newest saved state, to which the caller must not refer any more. */
  void free() {
    UnusedTensors.free(newest.bytes());
  }

  /**
   * Saves the last state.
   *
   * @throws DivergedException if a weight or slot value is not finite; nothing is saved
   */
  void last(TrainingProgress progress) {
    save(progress, state(progress, context.session().snapshot()));
  }

  /**
   * Saves the state after an epoch. A new best state is saved first: if the process is killed in
   * between, the run resumes from the previous last state and repeats the epoch.
   *
   * @param checkpoint a snapshot of the session
   */
  void epoch(TrainingProgress progress, Checkpoint checkpoint) {
    TrainingState state = state(progress, checkpoint);
    if (progress.bestEpoch() == progress.epoch() - 1) {
      sink.best(state.at(state.checkpoint().averaged(), state.progress()));
    }
    save(progress, state);
  }

  /**
   * Saves the state at which a callback failed, unless it is saved already.
   *
   * @return the failure to report
   */
  CallbackException broken(TrainingProgress progress, CallbackException failure) {
    String saved;
    try {
      if (!progress.equals(reached)) {
        last(progress);
      }
      saved = "the state after step %d is saved".formatted(newest.step());
    } catch (TrifocalException e) {
      failure.getCause().addSuppressed(e);
      saved = "and the state could not be saved: " + e.getMessage();
    }
    return new CallbackException(
        "%s (epoch %d, batch %d); %s"
            .formatted(failure.getMessage(), progress.epoch(), progress.batch(), saved),
        failure.getCause());
  }

  /**
   * Saves the state after a failure of a metric, schedule, callback or data set, which leaves
   * weights and slots as they were after the last step.
   *
   * @return the failure to throw
   */
  RuntimeException keeping(TrainingProgress progress, RuntimeException failure) {
    if (progress.batch() == 0) {
      return failure;
    }
    try {
      last(progress);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      return failure;
    }
    return failure instanceof MetricException
        ? new MetricException(
            "%s: %s; the state after step %d (epoch %d, batch %d) was saved and can be resumed"
                .formatted(
                    context.graph().name(),
                    failure.getMessage(),
                    newest.step(),
                    progress.epoch(),
                    progress.batch()),
            failure)
        : failure;
  }

  /** Returns the failure to report when a value is not finite. */
  DivergedException diverged(String what) {
    long step = newest.step();
    String kept =
        step == 0
            ? "no checkpoint had been saved yet"
            : "the last good checkpoint, after step %d, was kept".formatted(step);
    return new DivergedException(
        "%s: %s; %s. Try a learning rate below %s"
            .formatted(
                context.graph().name(), what, kept, context.plan().optimizer().learningRate()));
  }

  private void save(TrainingProgress progress, TrainingState state) {
    sink.last(state);
    newest = Saved.of(state);
    reached = progress;
  }

  private TrainingState state(TrainingProgress progress, Checkpoint checkpoint) {
    requireFinite("", checkpoint.weights(), checkpoint.step());
    checkpoint
        .slots()
        .forEach((slot, values) -> requireFinite(slot + " of ", values, checkpoint.step()));
    return context.start().at(checkpoint, progress.callbacks(callbacks(progress)));
  }

  /** Returns the current state of the callbacks; a callback without state keeps its saved one. */
  private CallbackState callbacks(TrainingProgress progress) {
    CallbackState state = progress.callbacks();
    return state.states(context.callbacks().states(newest.progress().callbacks().states()));
  }

  private void requireFinite(String slot, Weights weights, long step) {
    Iterator<Map.Entry<String, Float>> values = weights.nonFinite().entrySet().iterator();
    if (values.hasNext()) {
      Map.Entry<String, Float> first = values.next();
      throw diverged(
          "%s%s holds %s after step %d".formatted(slot, first.getKey(), first.getValue(), step));
    }
  }
}
