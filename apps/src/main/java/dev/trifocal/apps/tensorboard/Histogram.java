package dev.trifocal.apps.tensorboard;

import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The distribution of the finite elements of a tensor, as in TensorFlow's {@code HistogramProto}.
 *
 * @param min smallest element; 0 if there is none
 * @param max largest element; 0 if there is none
 * @param num number of elements
 * @param sum sum of the elements
 * @param sumSquares sum of the squared elements
 * @param bucketLimits upper limit of each bucket
 * @param buckets number of elements in each bucket
 */
record Histogram(
    double min,
    double max,
    double num,
    double sum,
    double sumSquares,
    List<Double> bucketLimits,
    List<Double> buckets) {
  /** The number of buckets of TensorBoard's own histograms. */
  private static final int BUCKETS = 30;

  /**
   * Returns the histogram of a tensor, in buckets of equal width.
   *
   * @throws dev.trifocal.error.TrifocalException unless it is float32
   */
  static Histogram of(Tensor tensor) {
    float[] values = tensor.toFloats();
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
        squares += (double) value * value;
        count++;
      }
    }
    if (count == 0) {
      return new Histogram(0, 0, 0, 0, 0, List.of(0.0), List.of(0.0));
    }
    double width = (max - min) / BUCKETS;
    double[] limits = new double[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      limits[i] = i == BUCKETS - 1 ? max : min + (i + 1) * width;
    }
    double[] buckets = new double[BUCKETS];
    for (float value : values) {
      if (Float.isFinite(value)) {
        int bucket = width > 0 ? (int) ((value - min) / width) : 0;
        buckets[Math.min(bucket, BUCKETS - 1)]++;
      }
    }
    return new Histogram(min, max, count, sum, squares, list(limits), list(buckets));
  }

  private static List<Double> list(double... values) {
    return Arrays.stream(values).boxed().toList();
  }
}
