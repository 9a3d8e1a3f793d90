package dev.trifocal.zoo;

import dev.trifocal.error.GraphException;

/**
 * What one may choose of a network besides its input.
 *
 * @param classes units of the last layer, for networks that have classes; else 0
 * @param width what the number of channels is multiplied with; 1 is the source's
 */
public record Options(int classes, double width) {
  public Options {
    if (!(width > 0 && width <= 16)) {
      throw new GraphException("width must be above 0 and at most 16, but is " + width);
    }
  }

  /** The source's width. */
  public static Options of(int classes) {
    return new Options(classes, 1);
  }

  public Options classes(int other) {
    return new Options(other, width);
  }

  public Options width(double other) {
    return new Options(classes, other);
  }
}
