package dev.trifocal.datasets.digits;

/**
 * @param start radius at the start of a stroke, in pixels
 * @param end radius at its end, in pixels
 * @param softness width of the edge from full ink to paper, in pixels
 * @param darkness of full ink, in (0, 1]
 */
record Pen(double start, double end, double softness, double darkness) {
  double radius(int step, int steps) {
    return start + (end - start) * step / steps;
  }

  /**
   * The ink at a place {@code inside} pixels within the edge's middle line; negative is outside.
   */
  double cover(double inside) {
    return darkness * Math.max(0, Math.min(1, inside / softness + 0.5));
  }
}
