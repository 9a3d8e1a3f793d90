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

  int pixels() {
    return height * width;
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
