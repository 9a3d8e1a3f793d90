package dev.trifocal.datasets.shapes;

import dev.trifocal.random.RandomStream;
import java.util.Optional;

/**
 * A pattern of two colours.
 *
 * @param first red, green and blue, in [0, 255]
 * @param second like {@code first}
 * @param along waves of the pattern
 * @param across waves across them, for checks
 * @param bend waves that bend the others
 */
record Texture(Colour first, Colour second, Wave along, Optional<Wave> across, Wave bend) {
  private static final double LEAST_CONTRAST = 40;
  private static final double MOST_CONTRAST = 80;

  /** The largest difference of a texture's colour from the usual one in a channel. */
  private static final double SPREAD = 60;

  /** Wavelengths of shapes differ from the usual one by at most this factor. */
  private static final double DETUNING = 1.2;

  /** A colour. */
  record Colour(double red, double green, double blue) {
    double channel(int index) {
      return index == 0 ? red : index == 1 ? green : blue;
    }

    private Colour varied(RandomStream stream) {
      return new Colour(
          red + stream.uniform(0, -SPREAD, SPREAD),
          green + stream.uniform(1, -SPREAD, SPREAD),
          blue + stream.uniform(2, -SPREAD, SPREAD));
    }

    private Colour brighter(double levels) {
      return new Colour(red + levels, green + levels, blue + levels);
    }
  }

  /** What textures have in common: their usual colour, and whether they are stripes or checks. */
  record Style(Colour colour, Pattern pattern, double wavelength) {}

  /** The kinds of patterns. */
  enum Pattern {
    STRIPES,
    CHECKS
  }

  /** A wave over the image: phase, and its growth per pixel. */
  record Wave(double right, double down, double phase) {
    private static Wave of(double angle, double wavelength, double phase) {
      double frequency = 2 * Math.PI / wavelength;
      return new Wave(frequency * StrictMath.cos(angle), frequency * StrictMath.sin(angle), phase);
    }

    private double at(int x, int y, double shift) {
      return StrictMath.sin(right * x + down * y + phase + shift);
    }
  }

  /** Returns a random texture of a style. */
  static Texture of(RandomStream stream, Style style) {
    Colour middle = style.colour().varied(stream.at("colour"));
    double contrast = stream.at("contrast").uniform(0, LEAST_CONTRAST, MOST_CONTRAST);
    RandomStream waves = stream.at("waves");
    double angle = waves.uniform(0, 0, Math.PI);
    double wavelength = style.wavelength() * waves.uniform(1, 1 / DETUNING, DETUNING);
    return new Texture(
        middle.brighter(-contrast / 2),
        middle.brighter(contrast / 2),
        Wave.of(angle, wavelength, waves.uniform(2, 0, 2 * Math.PI)),
        style.pattern() == Pattern.CHECKS
            ? Optional.of(
                Wave.of(angle + Math.PI / 2, wavelength, waves.uniform(3, 0, 2 * Math.PI)))
            : Optional.empty(),
        Wave.of(
            waves.uniform(4, 0, Math.PI),
            waves.uniform(5, 20, 60),
            waves.uniform(6, 0, 2 * Math.PI)));
  }

  /** Returns the share of the second colour at a pixel. */
  double share(int x, int y) {
    double shift = bend.at(x, y, 0);
    double value = along.at(x, y, shift) * across.map(wave -> wave.at(x, y, shift)).orElse(1.0);
    return 0.5 + 0.5 * value;
  }

  /** Returns the value of a channel for a share of the second colour. */
  double value(int channel, double share) {
    return first.channel(channel) + share * (second.channel(channel) - first.channel(channel));
  }
}
