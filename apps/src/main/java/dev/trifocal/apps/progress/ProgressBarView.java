package dev.trifocal.apps.progress;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.FeatureExtractionEvent;
import dev.trifocal.trainer.StepEvent;
import dev.trifocal.trainer.TrainingControl;
import dev.trifocal.trainer.TrainingStart;
import dev.trifocal.trainer.ValidationEvent;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with the remaining time, redrawn in place; a line per epoch remains. */
final class ProgressBarView implements ProgressView {
  private static final int REDRAW_MILLIS = 200;

  private final Terminal terminal;
  private int epochs;
  private ProgressBar bar;

  ProgressBarView(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void trainingStarted(TrainingStart start) {
    epochs = start.epochs();
    open(epoch(start.startEpoch()), start.startBatch(), start.stepsPerEpoch());
  }

  @Override
  public void stepEnded(StepEvent step, TrainingControl control) {
    if (bar == null) {
      open(epoch(step.epoch()), step.batch() - 1, step.batches());
    }
    bar.setExtraMessage(" " + ProgressText.metrics(step.running()));
    bar.stepTo(step.batch());
  }

  @Override
  public void extractionBatchEnded(FeatureExtractionEvent extraction) {
    if (extraction.batch() == 1) {
      close();
      open("extracting features of " + extraction.data(), 0, extraction.batches());
    }
    bar.stepTo(extraction.batch());
    if (extraction.batch() == extraction.batches()) {
      close();
    }
  }

  @Override
  public void validationBatchEnded(ValidationEvent validation) {
    if (bar != null) {
      bar.setExtraMessage(" validating %d/%d".formatted(validation.batch(), validation.batches()));
    }
  }

  @Override
  public void epochEnded(EpochRecord epoch, TrainingControl control) {
    close();
    terminal.line(ProgressText.epoch(epoch, epochs));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private String epoch(int epoch) {
    return "epoch %d/%d".formatted(epoch, epochs);
  }

  private void open(String task, int done, int batches) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(batches)
            .startsFrom(done, Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(TerminalLine.on(terminal.out()))
            .clearDisplayOnFinish()
            .build();
  }
}
