package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;

/**
 * Where each pixel of a moved image comes from. Coordinates grow from the upper left corner; the
 * centre of the first pixel is at 0.5.
 */
interface PixelMap {
  /** Returns the horizontal coordinate in the source of the pixel in column x and row y. */
  double sourceX(int x, int y);

  /** Returns the vertical coordinate in the source of the pixel in column x and row y. */
  double sourceY(int x, int y);

  /**
   * Moves an image with bilinear interpolation, in Pillow's arithmetic. Pixels from outside the
   * source are black.
   */
  default Image apply(Image image) {
    int height = image.height();
    int width = image.width();
    int channels = image.channels();
    byte[] values = new byte[height * width * channels];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = sourceX(x, y);
        double fromY = sourceY(x, y);
        if (fromX >= 0 && fromX < width && fromY >= 0 && fromY < height) {
          for (int channel = 0; channel < channels; channel++) {
            values[(y * width + x) * channels + channel] =
                (byte) bilinear(image, fromY - 0.5, fromX - 0.5, channel);
          }
        }
      }
    }
    return Image.of(height, width, channels, values);
  }

  /**
   * Moves class ids, a gray image, to the nearest pixels.
   *
   * @param uncovered the id of pixels from outside the source
   */
  default Image applyNearest(Image mask, int uncovered) {
    int height = mask.height();
    int width = mask.width();
    byte[] values = new byte[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = sourceX(x, y);
        double fromY = sourceY(x, y);
        boolean within = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height;
        values[y * width + x] = (byte) (within ? mask.at((int) fromY, (int) fromX, 0) : uncovered);
      }
    }
    return Image.of(height, width, 1, values);
  }

  private static int bilinear(Image image, double y, double x, int channel) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double first = along(image, top, left, x - left, channel);
    double second = along(image, top + 1, left, x - left, channel);
    return (int) (first + (second - first) * (y - top));
  }

  private static double along(Image image, int y, int left, double share, int channel) {
    int row = Math.max(0, Math.min(image.height() - 1, y));
    int one = image.at(row, Math.max(0, Math.min(image.width() - 1, left)), channel);
    int other = image.at(row, Math.max(0, Math.min(image.width() - 1, left + 1)), channel);
    return one + (other - one) * share;
  }
}
