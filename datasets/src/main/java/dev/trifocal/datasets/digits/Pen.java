package dev.trifocal.datasets.digits;

/**
 * A round pen.
 *
 * @param start the radius at the start of a stroke, in pixels
 * @param end the radius at its end, in pixels
 * @param softness the width of the edge from full ink to paper, in pixels
 * @param darkness the darkness of full ink, in (0, 1]
 */
record Pen(double start, double end, double softness, double darkness) {
  double radius(int step, int steps) {
    return start + (end - start) * step / steps;
  }

  /**
   * Returns the coverage at a point {@code inside} pixels inside the middle of the edge; negative
   * values are outside.
   */
  double cover(double inside) {
    return darkness * Math.max(0, Math.min(1, inside / softness + 0.5));
  }
}
