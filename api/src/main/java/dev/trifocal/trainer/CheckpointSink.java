package dev.trifocal.trainer;

/** Where a training leaves its states. Both calls return when the state is safe. */
public interface CheckpointSink {
  /** The newest state, to resume from; it replaces the one before. */
  void last(TrainingState state);

  /** The best state so far, to use; it replaces the one before. */
  void best(TrainingState state);
}
