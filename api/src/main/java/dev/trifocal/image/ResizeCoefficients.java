package dev.trifocal.image;

/**
 * For each place of a resized line, the neighbouring places of the old line that it is a mean of,
 * and their weights: Pillow's triangle filter, widened where the line shrinks. All places have as
 * many neighbours, so that loops over them have one length; the last ones may have weight 0, and
 * lie beyond the end of the line.
 *
 * @param count neighbours of each place
 * @param first the first neighbour of each place
 * @param weights {@code [places, count]}, whole numbers that sum to about {@code 1 << BITS}
 */
record ResizeCoefficients(int count, int[] first, int[] weights) {
  /** Pillow's {@code PRECISION_BITS}. */
  static final int BITS = 22;

  /** What is added to a sum before its bits are cut off. */
  static final int HALF = 1 << (BITS - 1);

  /**
   * @param from length of the old line
   * @param to length of the new line
   * @param begin first place of it that is wanted
   * @param places how many are wanted
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

  /** After the last neighbour of the last place, which may be beyond the end of the line. */
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
