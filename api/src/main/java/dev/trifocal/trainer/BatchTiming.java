package dev.trifocal.trainer;

/**
 * How long a batch took, be it of training, of validation or of a frozen network.
 *
 * @param data seconds that were waited until it had been read
 * @param engine seconds that the engine took
 */
public record BatchTiming(double data, double engine) {}
