package dev.trifocal.trainer;

/**
 * The time that a batch took in training, validation or feature extraction.
 *
 * @param data seconds of waiting for the batch to be loaded
 * @param engine seconds of computation in the engine
 */
public record BatchTiming(double data, double engine) {}
