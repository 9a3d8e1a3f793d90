package dev.trifocal.datasets.shapes;

import dev.trifocal.random.RandomStream;

/**
 * A wavy pattern of two colours.
 *
 * @param first red, green and blue, in [0, 255]
 * @param second like {@code first}
 * @param stripes waves of the pattern
 * @param bend waves that bend the stripes
 */
record Texture(Colour first, Colour second, Wave stripes, Wave bend) {
  /** The largest difference of the two colours in a channel. */
  private static final double CONTRAST = 40;

  /** The largest difference of a texture's colour from the usual one in a channel. */
  private static final double SPREAD = 60;

  /** A colour. */
  record Colour(double red, double green, double blue) {
    double channel(int index) {
      return index == 0 ? red : index == 1 ? green : blue;
    }

    private Colour varied(RandomStream stream, double most) {
      return new Colour(
          varied(red, stream, 0, most),
          varied(green, stream, 1, most),
          varied(blue, stream, 2, most));
    }

    private static double varied(double value, RandomStream stream, int channel, double most) {
      double other = value + stream.uniform(channel, -most, most);
      return Math.max(0, Math.min(255, other));
    }
  }

  /** A wave over the image: phase, and its growth per pixel. */
  record Wave(double right, double down, double phase) {
    private static Wave of(RandomStream stream, double shortest, double longest) {
      double angle = stream.uniform(0, 0, Math.PI);
      double frequency = 2 * Math.PI / stream.uniform(1, shortest, longest);
      return new Wave(
          frequency * StrictMath.cos(angle),
          frequency * StrictMath.sin(angle),
          stream.uniform(2, 0, 2 * Math.PI));
    }

    private double at(int x, int y, double shift) {
      return StrictMath.sin(right * x + down * y + phase + shift);
    }
  }

  /**
   * Returns a random texture.
   *
   * @param usual colour that those of the texture vary around
   */
  static Texture of(RandomStream stream, Colour usual) {
    Colour first = usual.varied(stream.at("colour"), SPREAD);
    return new Texture(
        first,
        first.varied(stream.at("second colour"), CONTRAST),
        Wave.of(stream.at("stripes"), 4, 20),
        Wave.of(stream.at("bend"), 20, 60));
  }

  /** Returns the share of the second colour at a pixel. */
  double share(int x, int y) {
    return 0.5 + 0.5 * stripes.at(x, y, 1.5 * bend.at(x, y, 0));
  }

  /** Returns the value of a channel for a share of the second colour. */
  double value(int channel, double share) {
    return first.channel(channel) + share * (second.channel(channel) - first.channel(channel));
  }
}
