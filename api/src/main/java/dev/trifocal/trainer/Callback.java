package dev.trifocal.trainer;

import java.util.Map;

/**
 * Receives the events of a training run on the run's thread. Through a {@link TrainingControl} it
 * can stop the run, change the learning rate or save a checkpoint. All methods are optional.
 *
 * <p>The effects of a callback are saved with the run. A callback with its own state returns it
 * from {@link #state} and gets it back in {@link #restore}, so that a resumed run equals an
 * uninterrupted one.
 *
 * <p>If a callback throws, the state of the run is saved and the run ends with a {@link
 * dev.trifocal.error.CallbackException} that names the callback.
 */
public interface Callback {
  /** Returns the name used in messages and saved state; by default the name of the class. */
  default String name() {
    String whole = getClass().getName();
    return whole.substring(whole.lastIndexOf('.') + 1);
  }

  /** Called when a named phase begins; the phase of a single-phase run has no name. */
  default void phaseStarted(String phase) {}

  /** Called before the first step of a new or resumed run, unless no step is left to take. */
  default void trainingStarted(TrainingStart start) {}

  /**
   * Called before the first step of an epoch, but not when a run resumes within an epoch.
   *
   * @param epoch number of the epoch, from 1
   */
  default void epochStarted(int epoch, TrainingControl control) {}

  /** Called after each batch that the engine has processed, with its timing. */
  default void batchTimed(BatchTiming timing) {}

  /**
   * Returns whether to compute the gradients of an epoch's last step separately and pass them to
   * {@link #gradientsComputed}. Results may then differ by rounding. The answer must depend on the
   * epoch only, so that a resumed run takes the same steps as an uninterrupted one.
   *
   * @param epoch number of the epoch, from 1
   */
  default boolean wantsGradients(int epoch) {
    return false;
  }

  /**
   * Called after the last step of each epoch for which {@link #wantsGradients} returns true, before
   * {@link #stepEnded}. Not called if the loss is not finite, which ends the training.
   */
  default void gradientsComputed(GradientEvent gradients) {}

  /** Called after each step, before its checkpoint if one is due. */
  default void stepEnded(StepEvent step, TrainingControl control) {}

  /** Called after each batch of validation or evaluation. */
  default void validationBatchEnded(ValidationEvent validation) {}

  /** Called after each batch of feature extraction by a frozen network. */
  default void extractionBatchEnded(FeatureExtractionEvent extraction) {}

  /** Called after each epoch and its validation, before its checkpoints are saved. */
  default void epochEnded(EpochRecord epoch, TrainingControl control) {}

  /** Called after the last checkpoint, unless the run ends with an exception. */
  default void trainingEnded(StopReason stopReason) {}

  /** Returns the callback's own numbers, which every checkpoint saves; empty by default. */
  default Map<String, Double> state() {
    return Map.of();
  }

  /**
   * Restores the saved numbers; called before {@link #trainingStarted}.
   *
   * @param state numbers returned by {@link #state}; empty for a new run
   */
  default void restore(Map<String, Double> state) {}
}
