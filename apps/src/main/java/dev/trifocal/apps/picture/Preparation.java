package dev.trifocal.apps.picture;

import dev.trifocal.error.DataException;
import dev.trifocal.zoo.Preprocessing;

/**
 * What a channel goes through on its way to a network.
 *
 * @param height of the network's input
 * @param width of the network's input
 */
record Preparation(Preprocessing preprocessing, int height, int width) {
  private static final int WHITE = 255;

  /** The values that the network reads, row by row. */
  float[] values(Plane plane, int channel) {
    float[] values = fitted(plane).values();
    double mean = preprocessing.mean(channel);
    double deviation = preprocessing.deviation(channel);
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) ((values[i] * WHITE / preprocessing.scale() - mean) / deviation);
    }
    return result;
  }

  /** Stretched; or scaled with its proportions kept, and the middle cut out: torchvision's way. */
  private Plane fitted(Plane plane) {
    int side = preprocessing.shorterSide();
    if (side == 0) {
      return plane.resize(height, width);
    }
    if (side < height || side < width) {
      throw new DataException(
          "pictures are scaled to %d pixels, but the model reads %dx%d; use trifocal run"
              .formatted(side, height, width));
    }
    int shorter = Math.min(plane.height(), plane.width());
    return plane
        .resize(
            (int) ((long) side * plane.height() / shorter),
            (int) ((long) side * plane.width() / shorter))
        .middle(height, width);
  }
}
