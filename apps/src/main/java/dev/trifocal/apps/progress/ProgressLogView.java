package dev.trifocal.apps.progress;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.FeatureExtractionEvent;
import dev.trifocal.trainer.StepEvent;
import dev.trifocal.trainer.TrainingControl;
import dev.trifocal.trainer.TrainingStart;

/** Log lines: one about every tenth of an epoch, and one at its end. */
final class ProgressLogView implements ProgressView {
  private static final int LINES_PER_EPOCH = 10;

  private final Terminal terminal;
  private int epochs;

  ProgressLogView(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void trainingStarted(TrainingStart start) {
    epochs = start.epochs();
  }

  @Override
  public void extractionBatchEnded(FeatureExtractionEvent extraction) {
    if (extraction.batch() == extraction.batches()) {
      terminal.line(
          "features of %s extracted; later epochs reuse them".formatted(extraction.data()));
    }
  }

  @Override
  public void stepEnded(StepEvent step, TrainingControl control) {
    boolean last = step.batch() == step.batches();
    if (!last && part(step.batch(), step.batches()) > part(step.batch() - 1, step.batches())) {
      terminal.line(
          "epoch %d/%d  step %d/%d  %s"
              .formatted(
                  step.epoch(),
                  epochs,
                  step.batch(),
                  step.batches(),
                  ProgressText.metrics(step.running())));
    }
  }

  @Override
  public void epochEnded(EpochRecord epoch, TrainingControl control) {
    terminal.line(ProgressText.epoch(epoch, epochs));
  }

  @Override
  public void close() {}

  private static long part(int batch, int batches) {
    return (long) batch * LINES_PER_EPOCH / batches;
  }
}
