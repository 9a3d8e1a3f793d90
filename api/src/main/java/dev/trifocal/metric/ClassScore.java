package dev.trifocal.metric;

/**
 * The scores of one class against the others; a ratio with denominator 0 is 0.
 *
 * @param precision share of the samples predicted as the class that belong to it
 * @param recall share of the samples of the class that are predicted as it
 * @param f1 harmonic mean of precision and recall
 * @param support number of samples that belong to the class
 */
public record ClassScore(double precision, double recall, double f1, long support) {
  /**
   * @param hits number of samples of the class predicted as it
   * @param taken number of samples predicted as the class
   * @param support number of samples that belong to the class
   */
  static ClassScore of(long hits, long taken, long support) {
    return new ClassScore(
        share(hits, taken), share(hits, support), share(2 * hits, taken + support), support);
  }

  /** Returns the intersection over union: hits divided by samples of the class or taken for it. */
  public double iou() {
    return f1 / (2 - f1);
  }

  static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
