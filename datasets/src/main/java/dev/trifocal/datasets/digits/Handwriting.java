package dev.trifocal.datasets.digits;

import dev.trifocal.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Writes digits in a random hand: a picture is a pure function of its stream and its class. */
final class Handwriting {
  /** Pixels per side of a picture. */
  static final int SIZE = 28;

  private static final int PIXELS = SIZE * SIZE;

  private final Alphabet alphabet;

  Handwriting(Alphabet alphabet) {
    this.alphabet = alphabet;
  }

  /** Draws {@code digit} into {@code picture}, 28 x 28 bytes from {@code offset} on, 0 is paper. */
  void write(RandomStream stream, int digit, byte[] picture, int offset) {
    Draws draws = new Draws(stream.at("hand"));
    Canvas canvas = new Canvas(SIZE);
    List<Glyph> variants = alphabet.variants().get(digit);
    Glyph glyph = variants.get(draws.below(variants.size()));
    Elastic elastic = new Elastic(draws, draws.between(0.03, 0.085));
    Placement placement = Placement.draw(draws);
    Pen pen = pen(draws);
    for (List<Point> stroke : glyph.strokes()) {
      List<Point> path = new ArrayList<>();
      for (Point point : stroke) {
        path.add(placement.place(elastic.move(point)));
      }
      canvas.stroke(path, pen);
    }
    if (draws.chance(0.25)) {
      clutter(draws, canvas);
    }
    develop(canvas, draws, stream.at("noise"), picture, offset);
  }

  private static Pen pen(Draws draws) {
    double radius = draws.between(0.75, 1.75);
    double taper = draws.between(-0.25, 0.25);
    return new Pen(
        radius * (1 + taper),
        radius * (1 - taper),
        draws.between(0.7, 1.8),
        draws.between(0.65, 1.0));
  }

  /** A short mark near an edge, as of a neighbouring word or a line of the form. */
  private static void clutter(Draws draws, Canvas canvas) {
    int marks = 1 + draws.below(2);
    for (int mark = 0; mark < marks; mark++) {
      double depth = draws.between(0, 3);
      double along = draws.between(0, SIZE);
      Point from =
          switch (draws.below(4)) {
            case 0 -> new Point(along, depth);
            case 1 -> new Point(along, SIZE - depth);
            case 2 -> new Point(depth, along);
            default -> new Point(SIZE - depth, along);
          };
      Point to = from.plus(3 * draws.gaussian(), 3 * draws.gaussian());
      double radius = draws.between(0.4, 1.0);
      canvas.stroke(List.of(from, to), new Pen(radius, radius, 1, draws.between(0.3, 0.8)));
    }
  }

  /** Paper shade and grain. */
  private static void develop(
      Canvas canvas, Draws draws, RandomStream noise, byte[] picture, int offset) {
    double paper = draws.between(0, 0.1);
    double grain = draws.between(0.01, 0.07);
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      double normal = Draws.normal(noise.bits(pixel));
      double value = paper + (1 - paper) * canvas.ink(pixel) + grain * normal;
      picture[offset + pixel] = (byte) (255 * Math.max(0, Math.min(1, value)) + 0.5);
    }
  }
}
