package dev.trifocal.apps.training;

import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.TrainingControl;
import java.util.ArrayList;
import java.util.List;

/** Keeps {@code history.json} up to date, epoch after epoch. */
final class HistoryFile implements Callback {
  private final RunDirectory directory;
  private final List<EpochRecord> epochs;

  HistoryFile(RunDirectory directory, List<EpochRecord> before) {
    this.directory = directory;
    this.epochs = new ArrayList<>(before);
  }

  @Override
  public void epochEnded(EpochRecord epoch, TrainingControl control) {
    epochs.add(epoch);
    directory.history(epochs);
  }
}
