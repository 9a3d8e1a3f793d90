package dev.trifocal.image;

/**
 * The coefficients of a one-dimensional resize: for each output position, the input positions it
 * averages and their weights. This is Pillow's triangle filter, widened for downscaling. All output
 * positions have the same number of neighbours, so that loops have a fixed length; trailing
 * neighbours may have weight 0 and lie beyond the end of the input.
 *
 * @param count number of neighbours of each output position
 * @param first first neighbour of each output position
 * @param weights fixed-point weights {@code [places, count]}; those of a position sum to about
 *     {@code 1 << BITS}
 */
record ResizeCoefficients(int count, int[] first, int[] weights) {
  /** Pillow's {@code PRECISION_BITS}. */
  static final int BITS = 22;

  /** The value added to a sum to round it. */
  static final int HALF = 1 << (BITS - 1);

  /**
   * Computes coefficients for a range of output positions.
   *
   * @param from input length
   * @param to output length
   * @param begin first output position
   * @param places number of output positions
   */
  static ResizeCoefficients of(int from, int to, int begin, int places) {
    double scale = (double) from / to;
    double reach = Math.max(1, scale);
    int[] first = new int[places];
    int count = 0;
    for (int i = 0; i < places; i++) {
      double center = (begin + i + 0.5) * scale;
      first[i] = Math.max(0, (int) (center - reach + 0.5));
      count = Math.max(count, last(center, reach, from) - first[i]);
    }
    int[] weights = new int[places * count];
    for (int i = 0; i < places; i++) {
      double center = (begin + i + 0.5) * scale;
      int low = first[i];
      weigh(weights, i * count, low, last(center, reach, from) - low, center, reach);
    }
    return new ResizeCoefficients(count, first, weights);
  }

  int places() {
    return first.length;
  }

  /**
   * Returns the index after the last neighbour of the last position; it may lie beyond the end of
   * the input.
   */
  int end() {
    return first[places() - 1] + count;
  }

  private static int last(double center, double reach, int from) {
    return Math.min(from, (int) (center + reach + 0.5));
  }

  private static void weigh(
      int[] weights, int at, int low, int count, double center, double reach) {
    double[] raw = new double[count];
    double shrink = 1 / reach;
    double total = 0;
    for (int k = 0; k < count; k++) {
      raw[k] = Math.max(0, 1 - Math.abs((low + k - center + 0.5) * shrink));
      total += raw[k];
    }
    for (int k = 0; k < count; k++) {
      weights[at + k] = (int) (0.5 + raw[k] / total * (1 << BITS));
    }
  }
}
