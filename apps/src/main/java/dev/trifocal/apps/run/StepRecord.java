package dev.trifocal.apps.run;

/**
 * One training step in {@code steps.jsonl}.
 *
 * @param step the step since the start of the run, from 1
 * @param epoch the epoch
 * @param loss the loss of the step's batch, before the update
 * @param lr the step's learning rate
 * @param backend the engine that took the step
 */
public record StepRecord(long step, int epoch, double loss, double lr, String backend) {}
