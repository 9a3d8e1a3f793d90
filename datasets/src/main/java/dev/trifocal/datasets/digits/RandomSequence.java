package dev.trifocal.datasets.digits;

import dev.trifocal.random.RandomStream;

/** Draws consecutive numbers from a stream. Not thread-safe. */
final class RandomSequence {
  private static final double SUM_TO_NORMAL = Math.sqrt(3);

  private final RandomStream stream;
  private long next;

  RandomSequence(RandomStream stream) {
    this.stream = stream;
  }

  /** Returns a number in [low, high). */
  double between(double low, double high) {
    return stream.uniform(next++, low, high);
  }

  /** Returns an approximately standard normal number; see {@link #normal}. */
  double gaussian() {
    return normal(stream.bits(next++));
  }

  /**
   * Turns 64 random bits into an approximately standard normal number: the scaled sum of four
   * uniform numbers, within 3.5 standard deviations. Deformation and grain need many of these, but
   * no exact tails.
   */
  static double normal(long bits) {
    long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    return (sum * 0x1p-16 - 2) * SUM_TO_NORMAL;
  }

  /** Returns an integer in [0, bound). */
  int below(int bound) {
    return stream.below(next++, bound);
  }

  boolean chance(double probability) {
    return between(0, 1) < probability;
  }
}
