package dev.trifocal.datasets.digits;

import dev.trifocal.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Draws digits in random handwriting; an image is a pure function of its stream and its class. */
final class Handwriting {
  /** The height and width of an image, in pixels. */
  static final int SIZE = 28;

  private static final int PIXELS = SIZE * SIZE;

  private final Alphabet alphabet;

  Handwriting(Alphabet alphabet) {
    this.alphabet = alphabet;
  }

  /** Draws a digit into {@code image}, 28 x 28 bytes starting at {@code offset}; paper is 0. */
  void write(RandomStream stream, int digit, byte[] image, int offset) {
    RandomSequence random = new RandomSequence(stream.at("hand"));
    InkCanvas canvas = new InkCanvas(SIZE);
    List<Glyph> variants = alphabet.variants().get(digit);
    Glyph glyph = variants.get(random.below(variants.size()));
    ElasticDistortion elastic = new ElasticDistortion(random, random.between(0.03, 0.085));
    Placement placement = Placement.draw(random);
    Pen pen = pen(random);
    for (List<Point> stroke : glyph.strokes()) {
      List<Point> path = new ArrayList<>();
      for (Point point : stroke) {
        path.add(placement.place(elastic.displace(point)));
      }
      canvas.stroke(path, pen);
    }
    if (random.chance(0.25)) {
      clutter(random, canvas);
    }
    develop(canvas, random, stream.at("noise"), image, offset);
  }

  private static Pen pen(RandomSequence random) {
    double radius = random.between(0.75, 1.75);
    double taper = random.between(-0.25, 0.25);
    return new Pen(
        radius * (1 + taper),
        radius * (1 - taper),
        random.between(0.7, 1.8),
        random.between(0.65, 1.0));
  }

  /** Draws a short mark near an edge, as from a neighbouring word or a line of a form. */
  private static void clutter(RandomSequence random, InkCanvas canvas) {
    int marks = 1 + random.below(2);
    for (int mark = 0; mark < marks; mark++) {
      double depth = random.between(0, 3);
      double along = random.between(0, SIZE);
      Point from =
          switch (random.below(4)) {
            case 0 -> new Point(along, depth);
            case 1 -> new Point(along, SIZE - depth);
            case 2 -> new Point(depth, along);
            default -> new Point(SIZE - depth, along);
          };
      Point to = from.plus(3 * random.gaussian(), 3 * random.gaussian());
      double radius = random.between(0.4, 1.0);
      canvas.stroke(List.of(from, to), new Pen(radius, radius, 1, random.between(0.3, 0.8)));
    }
  }

  /** Adds the shade of the paper and grain, and stores the pixels. */
  private static void develop(
      InkCanvas canvas, RandomSequence random, RandomStream noise, byte[] image, int offset) {
    double paper = random.between(0, 0.1);
    double grain = random.between(0.01, 0.07);
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      double normal = RandomSequence.normal(noise.bits(pixel));
      double value = paper + (1 - paper) * canvas.ink(pixel) + grain * normal;
      image[offset + pixel] = (byte) (255 * Math.max(0, Math.min(1, value)) + 0.5);
    }
  }
}
