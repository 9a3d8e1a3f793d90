package dev.trifocal.datasets.digits;

import java.util.ArrayList;
import java.util.List;

/** A movement of the pen through points, before deformation. */
record Stroke(Course course, List<Point> points) {
  private static final int STEPS_PER_SPAN = 4;

  /** How the pen moves between two points. */
  enum Course {
    /** A Catmull-Rom curve: smooth, through every point. */
    SMOOTH,
    /** Straight lines with corners. */
    STRAIGHT
  }

  Stroke {
    points = List.copyOf(points);
  }

  /** Returns the path as closely spaced points. */
  List<Point> path() {
    List<Point> path = new ArrayList<>((points.size() - 1) * STEPS_PER_SPAN + 1);
    path.add(points.get(0));
    for (int span = 0; span + 1 < points.size(); span++) {
      for (int step = 1; step <= STEPS_PER_SPAN; step++) {
        double t = (double) step / STEPS_PER_SPAN;
        path.add(
            course == Course.SMOOTH
                ? curve(span, t)
                : points.get(span).towards(points.get(span + 1), t));
      }
    }
    return path;
  }

  private Point curve(int span, double t) {
    Point a = points.get(Math.max(span - 1, 0));
    Point b = points.get(span);
    Point c = points.get(span + 1);
    Point d = points.get(Math.min(span + 2, points.size() - 1));
    return new Point(
        catmullRom(a.x(), b.x(), c.x(), d.x(), t), catmullRom(a.y(), b.y(), c.y(), d.y(), t));
  }

  private static double catmullRom(double a, double b, double c, double d, double t) {
    return 0.5
        * (2 * b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * b - a - 3 * c + d))));
  }
}
