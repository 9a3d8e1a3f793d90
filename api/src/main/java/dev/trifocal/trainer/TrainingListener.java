package dev.trifocal.trainer;

/**
 * Hears what a training does, on the training's own thread, and changes nothing. An exception from
 * a listener ends the training.
 */
public interface TrainingListener {
  /** Before the first step; not called where nothing is left to do. */
  default void started(TrainingStart start) {}

  /** After each step. */
  default void stepped(StepEvent step) {}

  /** After each batch of validation or evaluation. */
  default void validating(ValidationEvent validation) {}

  /** After each epoch, when its checkpoints have been saved. */
  default void epochEnded(EpochRecord epoch) {}
}
