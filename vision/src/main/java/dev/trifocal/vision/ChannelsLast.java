package dev.trifocal.vision;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;

/** Conversion of images to the channels-last layout that some files use. */
final class ChannelsLast {
  private ChannelsLast() {}

  /**
   * @param images {@code [N, C, H, W]}
   * @return {@code [N, H, W, C]}
   */
  static Tensor of(Tensor images) {
    Shape shape = images.shape();
    int channels = shape.size(1);
    int pixels = shape.size(2) * shape.size(3);
    FloatBuffer planes = images.floats();
    return Tensor.floats(
        Shape.of(shape.size(0), shape.size(2), shape.size(3), channels),
        target -> {
          for (int image = 0; image < shape.size(0); image++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
              for (int channel = 0; channel < channels; channel++) {
                target.put(planes.get((image * channels + channel) * pixels + pixel));
              }
            }
          }
        });
  }
}
