package dev.trifocal.trainer;

/** Where a training leaves its states. Saving returns when the state is safe. */
public interface CheckpointStore {
  /**
   * Asked before the first step whether states of a training can be saved; by default they can.
   *
   * @throws dev.trifocal.error.ConfigurationException naming the class of a metric, schedule,
   *     optimizer or initializer that cannot
   */
  default void requireSavable(TrainingState state) {}

  /** The newest state, to resume from; it replaces the one before. */
  void last(TrainingState state);

  /**
   * The best state so far, to use; it replaces the one before. Where weights are averaged, these
   * are the averages.
   */
  void best(TrainingState state);

  /**
   * The best state that was saved, by this training or by the one that it resumes.
   *
   * @throws dev.trifocal.error.FileException if there is none
   */
  TrainingState best();
}
