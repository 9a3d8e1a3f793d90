package dev.trifocal.datasets.augment;

/**
 * An affine transform from target to source coordinates: {@code x' = a x + b y + c}, {@code y' = d
 * x + e y + f}, with bilinear interpolation in Pillow's arithmetic ({@code Image.transform} with
 * {@code AFFINE}). Pixels from outside the source are black.
 */
record AffineMap(double a, double b, double c, double d, double e, double f) implements PixelMap {
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

  @Override
  public double sourceX(int x, int y) {
    return a * (x + 0.5) + b * (y + 0.5) + c;
  }

  @Override
  public double sourceY(int x, int y) {
    return d * (x + 0.5) + e * (y + 0.5) + f;
  }

  /** Returns a magnification about the centre by a factor; below 1, the image becomes smaller. */
  static AffineMap scaling(double factor, int height, int width) {
    double step = 1 / factor;
    return new AffineMap(step, 0, width / 2.0 * (1 - step), 0, step, height / 2.0 * (1 - step));
  }

  /** Rounds to 15 decimals like Pillow, so that quarter turns are exact. */
  private static double rounded(double value) {
    return Math.rint(value * 1e15) / 1e15;
  }
}
