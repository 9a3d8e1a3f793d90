package dev.trifocal.testkit.reference;

/**
 * Which step of a training a pass belongs to; it determines the dropout masks.
 *
 * @param step 1 for the first
 */
public record TrainingStep(long seed, long step) {}
