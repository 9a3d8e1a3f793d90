package dev.trifocal.inspect;

import dev.trifocal.tensor.Tensor;

/**
 * Statistics of the elements of a tensor. Elements that are NaN or infinite are counted, and left
 * out of all else.
 *
 * @param elements number of elements
 * @param mean mean; NaN if no element is finite, as are the next three
 * @param std standard deviation: the root of the mean squared distance from the mean
 * @param min smallest element
 * @param max largest element
 * @param zeros share of all elements that are 0, in [0, 1]
 * @param nonFinite number of elements that are NaN or infinite
 */
public record ValueStatistics(
    long elements, double mean, double std, double min, double max, double zeros, long nonFinite) {

  /**
   * Returns the statistics of a tensor.
   *
   * @throws dev.trifocal.error.TrifocalException unless it is float32
   */
  public static ValueStatistics of(Tensor tensor) {
    float[] values = tensor.toFloats();
    long finite = 0;
    long zeros = 0;
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value)) {
        finite++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (value == 0) {
          zeros++;
        }
      }
    }
    if (finite == 0) {
      return new ValueStatistics(
          values.length, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, values.length);
    }
    double mean = sum / finite;
    double squares = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        squares += (value - mean) * (value - mean);
      }
    }
    return new ValueStatistics(
        values.length,
        mean,
        Math.sqrt(squares / finite),
        min,
        max,
        zeros / (double) values.length,
        values.length - finite);
  }
}
