package dev.trifocal.zoo;

import dev.trifocal.error.GraphException;

/**
 * What one may choose of a network besides its input.
 *
 * @param classes units of the last layer, for networks that have classes; else 0
 * @param width what the number of channels is multiplied with; 1 is the source's
 */
public record ModelOptions(int classes, double width) {
  public ModelOptions {
    if (!(width > 0 && width <= 16)) {
      throw new GraphException("width must be above 0 and at most 16, but is " + width);
    }
  }

  /** The source's width. */
  public static ModelOptions of(int classes) {
    return new ModelOptions(classes, 1);
  }

  public ModelOptions classes(int other) {
    return new ModelOptions(other, width);
  }

  public ModelOptions width(double other) {
    return new ModelOptions(classes, other);
  }
}
