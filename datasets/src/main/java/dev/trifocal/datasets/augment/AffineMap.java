package dev.trifocal.datasets.augment;

import dev.trifocal.image.Image;

/**
 * An affine transform from target to source coordinates: {@code x' = a x + b y + c}, {@code y' = d
 * x + e y + f}, with bilinear interpolation in Pillow's arithmetic ({@code Image.transform} with
 * {@code AFFINE}). Pixels from outside the source are black.
 */
record AffineMap(double a, double b, double c, double d, double e, double f) {
  /**
   * Returns a rotation about the centre: Pillow's {@code Image.rotate}.
   *
   * @param degrees the angle, counterclockwise
   */
  static AffineMap rotation(double degrees, int height, int width) {
    double angle = -StrictMath.toRadians(degrees);
    double cos = rounded(StrictMath.cos(angle));
    double sin = rounded(StrictMath.sin(angle));
    double x = width / 2.0;
    double y = height / 2.0;
    return new AffineMap(cos, sin, cos * -x + sin * -y + x, -sin, cos, -sin * -x + cos * -y + y);
  }

  /** Returns a translation by whole pixels. */
  static AffineMap translation(int right, int down) {
    return new AffineMap(1, 0, -right, 0, 1, -down);
  }

  Image apply(Image image) {
    int height = image.height();
    int width = image.width();
    int channels = image.channels();
    byte[] values = new byte[height * width * channels];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = a * (x + 0.5) + b * (y + 0.5) + c;
        double fromY = d * (x + 0.5) + e * (y + 0.5) + f;
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

  /** Rounds to 15 decimals like Pillow, so that quarter turns are exact. */
  private static double rounded(double value) {
    return Math.rint(value * 1e15) / 1e15;
  }
}
