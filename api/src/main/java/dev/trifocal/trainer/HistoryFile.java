package dev.trifocal.trainer;

import java.util.ArrayList;
import java.util.List;

/** Keeps {@code history.json} and {@code history.csv} of a run directory up to date. */
public final class HistoryFile implements Callback {
  private final RunDirectory directory;
  private final List<EpochRecord> epochs;

  /**
   * @param before epochs that ended before this process began
   */
  public HistoryFile(RunDirectory directory, List<EpochRecord> before) {
    this.directory = directory;
    this.epochs = new ArrayList<>(before);
  }

  @Override
  public void epochEnded(EpochRecord epoch, TrainingControl control) {
    epochs.add(epoch);
    directory.history(epochs);
  }
}
