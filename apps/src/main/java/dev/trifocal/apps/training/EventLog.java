package dev.trifocal.apps.training;

import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.apps.tensorboard.TensorBoardLog;
import dev.trifocal.config.TrainingSettings.EventFiles;
import dev.trifocal.data.Dataset;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.TrainingState;
import java.util.Optional;

/** The TensorBoard event files of a run; empty if disabled. */
record EventLog(Optional<TensorBoardLog> log) implements AutoCloseable {
  static EventLog of(TrainingRun run, TrainingState start, Dataset train) {
    if (run.settings().training().eventFiles() == EventFiles.LEFT_OUT) {
      return new EventLog(Optional.empty());
    }
    Checkpoint checkpoint = start.checkpoint();
    return new EventLog(
        Optional.of(
            TensorBoardLog.in(
                run.folder().resolve("tensorboard"),
                checkpoint.graph(),
                SampleImages.of(train, checkpoint.seed()),
                checkpoint.step())));
  }

  Callback listener() {
    return log.<Callback>map(l -> l).orElseGet(Callbacks::none);
  }

  @Override
  public void close() {
    log.ifPresent(TensorBoardLog::close);
  }
}
