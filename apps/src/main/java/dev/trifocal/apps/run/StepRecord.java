package dev.trifocal.apps.run;

/**
 * One training step as {@code steps.jsonl} keeps it.
 *
 * @param step of the whole training, from 1
 * @param loss of the step's batch, before its update
 * @param lr the step's learning rate
 * @param backend the engine that took the step
 */
public record StepRecord(long step, int epoch, double loss, double lr, String backend) {}
