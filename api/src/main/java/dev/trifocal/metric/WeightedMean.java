package dev.trifocal.metric;

/**
 * A weighted mean in the making, so that batches of different sizes add up exactly.
 *
 * @param sum of all values, each times its weight
 * @param weight of all values together; 0 where nothing counted yet
 */
public record WeightedMean(double sum, double weight) {
  public static final WeightedMean NONE = new WeightedMean(0, 0);

  private static final String SUM = "sum";
  private static final String WEIGHT = "weight";

  /** The mean that {@link #sums} was made of. */
  public static WeightedMean of(MetricSums sums) {
    return new WeightedMean(sums.value(SUM), sums.value(WEIGHT));
  }

  /** The same as named sums. */
  public MetricSums sums() {
    return MetricSums.of(SUM, sum).and(WEIGHT, weight);
  }

  /** The mean over both parts. */
  public WeightedMean plus(WeightedMean other) {
    return new WeightedMean(sum + other.sum, weight + other.weight);
  }

  /** The mean; NaN where nothing counted. */
  public double value() {
    return sum / weight;
  }
}
