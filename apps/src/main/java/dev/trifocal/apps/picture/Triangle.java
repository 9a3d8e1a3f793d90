package dev.trifocal.apps.picture;

/**
 * For each place of a resized line, the places of the old one that it is a mean of, and their
 * weights.
 */
record Triangle(int[] first, float[][] weights) {
  /** The value at one place of the old line. */
  @FunctionalInterface
  interface Line {
    float at(int place);
  }

  static Triangle of(int from, int to) {
    double scale = (double) from / to;
    double reach = Math.max(1, scale);
    int[] first = new int[to];
    float[][] weights = new float[to][];
    for (int i = 0; i < to; i++) {
      double center = (i + 0.5) * scale;
      int low = (int) Math.max(0, Math.floor(center - reach + 0.5));
      int high = (int) Math.min(from, Math.floor(center + reach + 0.5));
      first[i] = low;
      weights[i] = normalized(low, Math.max(low + 1, high), center, reach);
    }
    return new Triangle(first, weights);
  }

  float sum(int place, Line line) {
    float sum = 0;
    for (int k = 0; k < weights[place].length; k++) {
      sum += weights[place][k] * line.at(first[place] + k);
    }
    return sum;
  }

  private static float[] normalized(int low, int high, double center, double reach) {
    double[] raw = new double[high - low];
    double total = 0;
    for (int k = 0; k < raw.length; k++) {
      raw[k] = Math.max(0, 1 - Math.abs((low + k + 0.5 - center) / reach));
      total += raw[k];
    }
    float[] result = new float[raw.length];
    for (int k = 0; k < raw.length; k++) {
      result[k] = (float) (raw[k] / total);
    }
    return result;
  }
}
