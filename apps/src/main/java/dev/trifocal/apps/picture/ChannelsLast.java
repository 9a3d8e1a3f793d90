package dev.trifocal.apps.picture;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;

/** Pictures as some files want them. */
interface ChannelsLast {
  /**
   * @param image {@code [1, C, H, W]}
   * @return {@code [1, H, W, C]}
   */
  static Tensor of(Tensor image) {
    int channels = image.shape().size(1);
    int height = image.shape().size(2);
    int width = image.shape().size(3);
    float[] planes = image.toFloats();
    int pixels = height * width;
    return Tensor.floats(
        Shape.of(1, height, width, channels),
        buffer -> {
          for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
              buffer.put(planes[channel * pixels + pixel]);
            }
          }
        });
  }
}
