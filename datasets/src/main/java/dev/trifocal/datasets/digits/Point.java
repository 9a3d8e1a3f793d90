package dev.trifocal.datasets.digits;

/** A place on the paper, {@code x} to the right and {@code y} down. */
record Point(double x, double y) {
  Point plus(double dx, double dy) {
    return new Point(x + dx, y + dy);
  }

  Point towards(Point other, double part) {
    return new Point(x + (other.x - x) * part, y + (other.y - y) * part);
  }
}
