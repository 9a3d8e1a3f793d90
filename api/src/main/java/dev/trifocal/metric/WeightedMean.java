package dev.trifocal.metric;

/**
 * A running weighted mean, exact for batches of different sizes.
 *
 * @param sum sum of the values, each multiplied by its weight
 * @param weight total weight; 0 if there are no values yet
 */
public record WeightedMean(double sum, double weight) {
  public static final WeightedMean NONE = new WeightedMean(0, 0);

  private static final String SUM = "sum";
  private static final String WEIGHT = "weight";

  /** Returns the mean that {@link #sums} encodes. */
  public static WeightedMean of(MetricSums sums) {
    return new WeightedMean(sums.value(SUM), sums.value(WEIGHT));
  }

  /** Returns this mean as named sums. */
  public MetricSums sums() {
    return MetricSums.of(SUM, sum).and(WEIGHT, weight);
  }

  /** Returns the mean over both parts. */
  public WeightedMean plus(WeightedMean other) {
    return new WeightedMean(sum + other.sum, weight + other.weight);
  }

  /** Returns the mean; NaN if the total weight is 0. */
  public double value() {
    return sum / weight;
  }
}
