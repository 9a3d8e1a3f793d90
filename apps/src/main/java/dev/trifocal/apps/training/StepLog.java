package dev.trifocal.apps.training;

import dev.trifocal.apps.run.StepFile;
import dev.trifocal.apps.run.StepRecord;
import dev.trifocal.trainer.Callback;
import dev.trifocal.trainer.StepEvent;
import dev.trifocal.trainer.TrainingControl;

/**
 * Records every step in the run's step file.
 *
 * @param backend the engine that takes the steps
 */
record StepLog(StepFile file, String backend) implements Callback {
  @Override
  public void stepEnded(StepEvent step, TrainingControl control) {
    file.add(new StepRecord(step.step(), step.epoch(), step.loss(), step.learningRate(), backend));
  }
}
