package dev.trifocal.trainer;

/** Stores the states of a run. Save methods return when the state is on stable storage. */
public interface CheckpointStore {
  /**
   * Checks before the first step that the states of a run can be saved; accepts all by default.
   *
   * @throws dev.trifocal.error.ConfigurationException if a metric, schedule, optimizer or
   *     initializer cannot be saved; the message names its class
   */
  default void requireSavable(TrainingState state) {}

  /** Saves the newest state, from which a run resumes, in place of the previous one. */
  void last(TrainingState state);

  /**
   * Saves the best state so far in place of the previous one. If weights are averaged, it holds the
   * averages.
   */
  void best(TrainingState state);

  /**
   * Returns the best saved state, possibly from before a resume.
   *
   * @throws dev.trifocal.error.FileException if there is none
   */
  TrainingState best();
}
