package dev.trifocal.explain;

import dev.trifocal.tensor.Tensor;

/**
 * Values of a layer with rows and columns.
 *
 * @param values {@code [C, H, W]}
 */
record FeatureMaps(int channels, int height, int width, float... values) {
  static FeatureMaps of(Tensor tensor) {
    return new FeatureMaps(
        tensor.shape().size(0), tensor.shape().size(1), tensor.shape().size(2), tensor.toFloats());
  }

  private int pixels() {
    return height * width;
  }

  /** The weight of a value in a heat map. */
  @FunctionalInterface
  interface Weight {
    double of(int channel, int pixel);
  }

  /** Returns the positive part of the weighted sum of the maps. */
  HeatMap weighted(Weight weight) {
    double[] sums = new double[pixels()];
    for (int channel = 0; channel < channels; channel++) {
      for (int pixel = 0; pixel < sums.length; pixel++) {
        sums[pixel] += weight.of(channel, pixel) * at(channel, pixel);
      }
    }
    return HeatMap.of(height, width, sums).positive();
  }

  double at(int channel, int pixel) {
    return values[channel * pixels() + pixel];
  }

  double mean(int channel) {
    double sum = 0;
    for (int pixel = 0; pixel < pixels(); pixel++) {
      sum += at(channel, pixel);
    }
    return sum / pixels();
  }
}
