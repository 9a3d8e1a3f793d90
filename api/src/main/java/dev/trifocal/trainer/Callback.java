package dev.trifocal.trainer;

import java.util.Map;

/**
 * Follows a training run, on the run's own thread, and may act on it through a {@link
 * TrainingControl}: stop it, change the learning rate, save now. Write the methods that you need.
 *
 * <p>What a callback imposes on a run is saved with it. One that also keeps numbers of its own
 * offers them by {@link #state} and gets them back by {@link #restore}; then a run that was
 * interrupted and resumed equals one that was not.
 *
 * <p>If a callback throws, the state of the run is saved and the run ends with a {@link
 * dev.trifocal.error.CallbackException} that names the callback.
 */
public interface Callback {
  /** For messages and saved state; by default the name of the class. */
  default String name() {
    String whole = getClass().getName();
    return whole.substring(whole.lastIndexOf('.') + 1);
  }

  /** When one of several phases begins; a training of one phase has no name for it. */
  default void phaseStarted(String phase) {}

  /** Before the first step, also of a resumed run; not where nothing is left to do. */
  default void trainingStarted(TrainingStart start) {}

  /**
   * Before the first step of an epoch; not where a run goes on in mid-epoch.
   *
   * @param epoch from 1
   */
  default void epochStarted(int epoch, TrainingControl control) {}

  /** After each batch that the engine has computed anything of. */
  default void batchTimed(BatchTiming timing) {}

  /** After each step, before the checkpoint that may be due. */
  default void stepEnded(StepEvent step, TrainingControl control) {}

  /** After each batch of validation or evaluation. */
  default void validationBatchEnded(ValidationEvent validation) {}

  /** After each batch that a frozen network has been run on once for all. */
  default void extractionBatchEnded(FeatureExtractionEvent extraction) {}

  /** After each epoch with its validation, before its checkpoints are saved. */
  default void epochEnded(EpochRecord epoch, TrainingControl control) {}

  /** After the last checkpoint, unless the run ended with an exception. */
  default void trainingEnded(StopReason stopReason) {}

  /** The callback's own numbers, to be saved with every checkpoint; empty for none. */
  default Map<String, Double> state() {
    return Map.of();
  }

  /**
   * Before {@link #trainingStarted}: goes back to the saved numbers.
   *
   * @param state as {@link #state} gave them; empty for a new run
   */
  default void restore(Map<String, Double> state) {}
}
