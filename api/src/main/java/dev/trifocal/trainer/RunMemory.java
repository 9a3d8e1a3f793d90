package dev.trifocal.trainer;

import dev.trifocal.backend.StepMemory;

/**
 * The predicted memory of a training run, in bytes, above that of the process before it starts.
 *
 * @param step a training step
 * @param savedState the copy of weights and slots that is saved after an epoch
 * @param validation a program with the weights, and the values of a batch; an estimate
 * @param loading batches that are read ahead
 * @param java what Java's heap grows by until garbage is collected
 */
public record RunMemory(
    StepMemory step, long savedState, long validation, long loading, long java) {
  /** Returns the most memory at a time: in a step, or between two epochs. */
  public long peak() {
    return loading + java + Math.max(step.total(), step.kept() + savedState + validation);
  }
}
