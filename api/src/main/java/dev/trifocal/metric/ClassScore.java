package dev.trifocal.metric;

/**
 * How well one class is told from the others; a share whose denominator is 0 is 0.
 *
 * @param precision of the samples that were taken for the class, the share that belongs to it
 * @param recall of the samples that belong to the class, the share that was taken for it
 * @param f1 the harmonic mean of both
 * @param support how many samples belong to the class
 */
public record ClassScore(double precision, double recall, double f1, long support) {}
