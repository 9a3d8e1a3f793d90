package dev.trifocal.datasets.shapes;

import dev.trifocal.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A scene of shapes on ground, of which later ones cover earlier ones.
 *
 * @param noise random numbers of the noise
 * @param deviation standard deviation of the noise, in levels of 0 to 255
 */
record Scene(Texture ground, List<Placed> shapes, RandomStream noise, double deviation) {
  /** The height and width of a scene, in pixels. */
  static final int SIZE = 64;

  static final int CHANNELS = 3;

  /** The class id of pixels on the outline of a shape, which belong to no class. */
  static final int VOID = 255;

  /** Pixels nearer than this to an outline are void. */
  private static final double BORDER = 0.75;

  private static final Texture.Style GROUND =
      new Texture.Style(new Texture.Colour(115, 110, 100), Texture.Pattern.STRIPES, 30);
  private static final List<ShapeKind> KINDS = List.of(ShapeKind.values());
  private static final int FEWEST = 2;
  private static final int MOST = 5;
  private static final double SMALLEST = 8;
  private static final double LARGEST = 20;

  /** A shape at a place, with its radius in pixels and its rotation. */
  record Placed(
      ShapeKind kind,
      Texture texture,
      double x,
      double y,
      double radius,
      double cosine,
      double sine) {
    private static Placed of(RandomStream stream) {
      RandomStream place = stream.at("place");
      double angle = place.uniform(0, 0, 2 * Math.PI);
      ShapeKind kind = KINDS.get(stream.at("kind").below(0, KINDS.size()));
      return new Placed(
          kind,
          Texture.of(stream.at("texture"), kind.style()),
          place.uniform(1, 0, SIZE),
          place.uniform(2, 0, SIZE),
          place.uniform(3, SMALLEST, LARGEST),
          StrictMath.cos(angle),
          StrictMath.sin(angle));
    }

    /** Returns the distance of a pixel to the outline, in pixels, negative inside. */
    private double distance(int column, int row) {
      double right = (column + 0.5 - x) / radius;
      double down = (row + 0.5 - y) / radius;
      return radius * kind.distance(cosine * right + sine * down, cosine * down - sine * right);
    }
  }

  Scene {
    shapes = List.copyOf(shapes);
  }

  static Scene of(RandomStream stream) {
    List<Placed> shapes = new ArrayList<>();
    int count = FEWEST + stream.at("count").below(0, MOST - FEWEST + 1);
    for (int i = 0; i < count; i++) {
      shapes.add(Placed.of(stream.at("shape").at(i)));
    }
    return new Scene(
        Texture.of(stream.at("ground"), GROUND),
        shapes,
        stream.at("noise"),
        stream.at("deviation").uniform(0, 3, 10));
  }

  /**
   * Draws the scene.
   *
   * @param pixels target, {@code [C, H, W]} from {@code first}
   * @param labels class ids, {@code [H, W]} from {@code firstLabel}: 0 for ground, then the shapes,
   *     {@link #VOID} on outlines
   */
  void draw(byte[] pixels, int first, byte[] labels, int firstLabel) {
    double[] values = new double[CHANNELS];
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        labels[firstLabel + y * SIZE + x] = (byte) at(x, y, values);
        for (int channel = 0; channel < CHANNELS; channel++) {
          int index = (channel * SIZE + y) * SIZE + x;
          double noisy = values[channel] + deviation * noise.gaussian(index);
          pixels[first + index] = (byte) Math.round(Math.max(0, Math.min(255, noisy)));
        }
      }
    }
  }

  /** Sets the colour of a pixel, and returns its class. */
  private int at(int x, int y, double[] values) {
    fill(ground, x, y, 1, values);
    int label = 0;
    for (Placed shape : shapes) {
      double distance = shape.distance(x, y);
      if (distance < BORDER) {
        fill(shape.texture(), x, y, Math.min(1, 0.5 - distance / (2 * BORDER)), values);
        label = distance > -BORDER ? VOID : shape.kind().id();
      }
    }
    return label;
  }

  private static void fill(Texture texture, int x, int y, double opacity, double[] values) {
    double share = texture.share(x, y);
    for (int channel = 0; channel < CHANNELS; channel++) {
      values[channel] += opacity * (texture.value(channel, share) - values[channel]);
    }
  }
}
