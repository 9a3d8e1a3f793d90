package dev.trifocal.testkit.reference;

/**
 * The training step of a forward pass, which determines the dropout masks.
 *
 * @param seed the seed of the training run
 * @param step the step, counted from 1
 */
public record TrainingStep(long seed, long step) {}
