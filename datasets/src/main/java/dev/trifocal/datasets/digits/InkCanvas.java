package dev.trifocal.datasets.digits;

import java.util.List;

/** A square canvas of ink coverage, 0 (paper) to 1, for a round pen. Not thread-safe. */
final class InkCanvas {
  /** The smallest squared length of a segment, in pixels, which avoids division by zero. */
  private static final double SHORTEST = 1e-9;

  private final int size;
  private final float[] ink;

  /**
   * Creates an empty canvas.
   *
   * @param size the height and width, in pixels
   */
  InkCanvas(int size) {
    this.size = size;
    this.ink = new float[size * size];
  }

  /** Returns the coverage of a pixel, in [0, 1]. */
  float ink(int pixel) {
    return ink[pixel];
  }

  /** Draws a path, in pixel coordinates; where strokes overlap, the darker value remains. */
  void stroke(List<Point> path, Pen pen) {
    for (int i = 0; i + 1 < path.size(); i++) {
      segment(path.get(i), path.get(i + 1), pen, pen.radius(i, path.size()));
    }
  }

  private void segment(Point from, Point to, Pen pen, double radius) {
    double reach = radius + pen.softness() / 2;
    int left = Math.max(0, (int) (Math.min(from.x(), to.x()) - reach));
    int right = Math.min(size - 1, (int) (Math.max(from.x(), to.x()) + reach));
    int top = Math.max(0, (int) (Math.min(from.y(), to.y()) - reach));
    int bottom = Math.min(size - 1, (int) (Math.max(from.y(), to.y()) + reach));
    double dx = to.x() - from.x();
    double dy = to.y() - from.y();
    double perLength = 1 / Math.max(dx * dx + dy * dy, SHORTEST);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double ex = x + 0.5 - from.x();
        double ey = y + 0.5 - from.y();
        double along = Math.max(0, Math.min(1, (ex * dx + ey * dy) * perLength));
        ex -= along * dx;
        ey -= along * dy;
        double squared = ex * ex + ey * ey;
        if (squared < reach * reach) {
          darken(y * size + x, pen.cover(radius - Math.sqrt(squared)));
        }
      }
    }
  }

  private void darken(int pixel, double cover) {
    ink[pixel] = Math.max(ink[pixel], (float) cover);
  }
}
