package dev.trifocal.trainer;

import dev.trifocal.error.TrifocalException;
import java.util.Optional;

/** Stores states in memory only. */
public final class MemoryCheckpoints implements CheckpointStore {
  private Optional<TrainingState> last = Optional.empty();
  private Optional<TrainingState> best = Optional.empty();

  @Override
  public void last(TrainingState state) {
    last = Optional.of(state);
  }

  @Override
  public void best(TrainingState state) {
    best = Optional.of(state);
  }

  @Override
  public TrainingState best() {
    return best.orElseThrow(() -> new TrifocalException("no epoch has ended yet"));
  }

  /**
   * Returns the newest state.
   *
   * @throws TrifocalException if none has been saved
   */
  public TrainingState last() {
    return last.orElseThrow(() -> new TrifocalException("nothing has been saved yet"));
  }
}
