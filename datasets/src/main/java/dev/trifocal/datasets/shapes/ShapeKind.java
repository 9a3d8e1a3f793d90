package dev.trifocal.datasets.shapes;

import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/** The shapes, each by the signed distance to its outline, negative inside, for a radius of 1. */
enum ShapeKind {
  CIRCLE(
      1,
      new Texture.Style(new Texture.Colour(200, 80, 70), Texture.Pattern.CHECKS, 5),
      (x, y) -> radius(x, y) - 1),
  RING(
      2,
      new Texture.Style(new Texture.Colour(80, 180, 90), Texture.Pattern.STRIPES, 5),
      (x, y) -> Math.abs(radius(x, y) - 0.7) - 0.3),
  SQUARE(
      3,
      new Texture.Style(new Texture.Colour(80, 110, 200), Texture.Pattern.STRIPES, 9),
      (x, y) -> Math.max(Math.abs(x), Math.abs(y)) - 0.8),
  TRIANGLE(
      4,
      new Texture.Style(new Texture.Colour(210, 190, 80), Texture.Pattern.CHECKS, 9),
      (x, y) -> Math.max(y, Math.abs(x) * Outlines.SIN_60 - y / 2) - 0.5),
  CROSS(
      5,
      new Texture.Style(new Texture.Colour(170, 90, 190), Texture.Pattern.STRIPES, 16),
      (x, y) ->
          Math.max(
              Math.max(Math.abs(x), Math.abs(y)) - 1, Math.min(Math.abs(x), Math.abs(y)) - 0.32)),
  STAR(
      6,
      new Texture.Style(new Texture.Colour(80, 190, 190), Texture.Pattern.CHECKS, 16),
      Outlines::star);

  /** Constants that the lambdas of an enum's constants cannot hold. */
  private static final class Outlines {
    static final double SIN_60 = Math.sqrt(3) / 2;
    private static final double SECTOR = 2 * Math.PI / 5;

    /** The distance of the corners between the points from the middle. */
    private static final double INNER = 0.45;

    /** A point, which lies 36 degrees from the corners beside it, whose direction is the x axis. */
    private static final double POINT_X = StrictMath.cos(SECTOR / 2);

    private static final double POINT_Y = StrictMath.sin(SECTOR / 2);
    private static final double EDGE =
        Math.sqrt((POINT_X - INNER) * (POINT_X - INNER) + POINT_Y * POINT_Y);

    /** Returns the distance to the line of the nearest edge. */
    static double star(double x, double y) {
      double turns = StrictMath.atan2(y, x) / SECTOR;
      double angle = Math.abs(turns - Math.floor(turns) - 0.5) * SECTOR;
      double radius = radius(x, y);
      double along = radius * StrictMath.cos(angle) - INNER;
      double across = radius * StrictMath.sin(angle);
      return (along * POINT_Y - across * (POINT_X - INNER)) / EDGE;
    }
  }

  private final int id;
  private final Texture.Style style;
  private final DoubleBinaryOperator outline;

  ShapeKind(int id, Texture.Style style, DoubleBinaryOperator outline) {
    this.id = id;
    this.style = style;
    this.outline = outline;
  }

  /** Returns the class id; 0 is the ground. */
  int id() {
    return id;
  }

  /** Returns the colour that those of these shapes vary around. */
  Texture.Style style() {
    return style;
  }

  /** Returns the distance of a point to the outline, with y down; 1 is the radius of the shape. */
  double distance(double x, double y) {
    return outline.applyAsDouble(x, y);
  }

  /** Returns the name of the class. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double radius(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }
}
