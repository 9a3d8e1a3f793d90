package dev.trifocal.datasets.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A variant of a digit: the paths of its strokes in a box from (0, 0), top left, to (1, 1). Points
 * are closely spaced, so that a deformation bends straight lines too.
 */
record Glyph(List<List<Point>> strokes) {
  Glyph {
    strokes = strokes.stream().map(List::copyOf).toList();
  }

  /**
   * Reads strokes separated by {@code |}, each a {@code ~} (smooth) or {@code -} (straight) and its
   * points {@code x,y} in percent of the box.
   */
  static Glyph of(String strokes) {
    return new Glyph(Arrays.stream(strokes.split("\\|")).map(Glyph::stroke).toList());
  }

  private static List<Point> stroke(String text) {
    String[] words = text.strip().split(" +");
    List<Point> points = new ArrayList<>();
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      String[] xy = word.split(",");
      points.add(new Point(Integer.parseInt(xy[0]) / 100.0, Integer.parseInt(xy[1]) / 100.0));
    }
    Stroke.Course course = words[0].equals("~") ? Stroke.Course.SMOOTH : Stroke.Course.STRAIGHT;
    return new Stroke(course, points).path();
  }

  /** One movement of the pen through some points, before any deformation. */
  private record Stroke(Course course, List<Point> points) {
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

    /** The path as closely spaced points. */
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
}
