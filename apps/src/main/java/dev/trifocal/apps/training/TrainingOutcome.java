package dev.trifocal.apps.training;

import dev.trifocal.trainer.StopReason;
import dev.trifocal.trainer.TrainingProgress;
import dev.trifocal.trainer.TrainingResult;

/**
 * How a training ended. The states of its result are in the run directory, and would take the
 * memory of all weights and slots twice.
 *
 * @param step number of steps taken
 */
record TrainingOutcome(TrainingProgress progress, long step, StopReason ending) {
  static TrainingOutcome of(TrainingResult result) {
    return new TrainingOutcome(
        result.last().progress(), result.last().checkpoint().step(), result.ending());
  }
}
