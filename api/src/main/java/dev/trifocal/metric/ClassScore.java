package dev.trifocal.metric;

/**
 * How well one class is told from the others; a share whose denominator is 0 is 0.
 *
 * @param precision of the samples that were taken for the class, the share that belongs to it
 * @param recall of the samples that belong to the class, the share that was taken for it
 * @param f1 the harmonic mean of both
 * @param support how many samples belong to the class
 */
public record ClassScore(double precision, double recall, double f1, long support) {
  /**
   * @param hits samples of the class that were taken for it
   * @param taken samples that were taken for the class
   * @param support samples that belong to the class
   */
  static ClassScore of(long hits, long taken, long support) {
    return new ClassScore(
        share(hits, taken), share(hits, support), share(2 * hits, taken + support), support);
  }

  static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
