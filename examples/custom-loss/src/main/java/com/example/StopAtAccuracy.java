package com.example;

import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.TrainingControl;

/**
 * Stops the run at the end of the first epoch that reaches an accuracy.
 *
 * @param accuracy on the validation data, within [0, 1]
 */
record StopAtAccuracy(double accuracy) implements Callback {
  @Override
  public void epochEnded(EpochRecord epoch, TrainingControl control) {
    if (epoch.validation().get("accuracy") >= accuracy) {
      control.stop("validation accuracy has reached " + accuracy);
    }
  }
}
