package dev.trifocal.datasets.digits;

/** Maps a glyph's unit box to pixel coordinates: scale, slant, rotation and translation. */
record Placement(double xx, double xy, double yx, double yy, Point centre) {
  /** Draws a random placement; digits are about 19 pixels high and stay inside the image. */
  static Placement draw(RandomSequence random) {
    double height = random.between(16, 21);
    double width = height * random.between(0.55, 0.85);
    double slant = 0.2 * random.gaussian();
    double angle = Math.toRadians(8) * random.gaussian();
    double sine = StrictMath.sin(angle);
    double cosine = StrictMath.cos(angle);
    double middle = Handwriting.SIZE / 2.0;
    return new Placement(
        cosine * width,
        -cosine * slant * height - sine * height,
        sine * width,
        cosine * height - sine * slant * height,
        new Point(middle + 1.3 * random.gaussian(), middle + 1.3 * random.gaussian()));
  }

  Point place(Point p) {
    double x = p.x() - 0.5;
    double y = p.y() - 0.5;
    return centre.plus(xx * x + xy * y, yx * x + yy * y);
  }
}
