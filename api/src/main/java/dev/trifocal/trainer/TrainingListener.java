package dev.trifocal.trainer;

/**
 * Hears what a training does, on the training's own thread, and changes nothing. An exception from
 * a listener ends the training.
 */
public interface TrainingListener {
  /** When one of several phases begins; a training of one phase has no name for it. */
  default void phase(String name) {}

  /** After each batch that the engine has computed anything of. */
  default void timed(BatchTiming timing) {}

  /** Before the first step; not called where nothing is left to do. */
  default void started(TrainingStart start) {}

  /** After each step. */
  default void stepped(StepEvent step) {}

  /** After each batch of validation or evaluation. */
  default void validating(ValidationEvent validation) {}

  /** After each batch that a frozen network has been run on once for all. */
  default void extracting(ExtractionEvent extraction) {}

  /** After each epoch, when its checkpoints have been saved. */
  default void epochEnded(EpochRecord epoch) {}
}
