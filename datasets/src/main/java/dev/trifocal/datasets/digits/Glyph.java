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
}
