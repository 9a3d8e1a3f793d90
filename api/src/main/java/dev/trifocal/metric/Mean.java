package dev.trifocal.metric;

/**
 * A weighted mean in the making, so that batches of different sizes add up exactly.
 *
 * @param sum of all values, each times its weight
 * @param weight of all values together; 0 where nothing counted yet
 */
public record Mean(double sum, double weight) {
  public static final Mean NONE = new Mean(0, 0);

  private static final String SUM = "sum";
  private static final String WEIGHT = "weight";

  /** The mean that {@link #sums} was made of. */
  public static Mean of(Sums sums) {
    return new Mean(sums.value(SUM), sums.value(WEIGHT));
  }

  /** The same as named sums. */
  public Sums sums() {
    return Sums.of(SUM, sum).and(WEIGHT, weight);
  }

  /** The mean over both parts. */
  public Mean plus(Mean other) {
    return new Mean(sum + other.sum, weight + other.weight);
  }

  /** The mean; NaN where nothing counted. */
  public double value() {
    return sum / weight;
  }
}
