package dev.trifocal.zoo;

import dev.trifocal.error.GraphException;

/**
 * The options of a network besides its input.
 *
 * @param classes the number of classes; 0 for networks that are not classifiers
 * @param width the multiplier of the number of channels, within (0, 16]; 1 is the published width
 */
public record ModelOptions(int classes, double width) {
  public ModelOptions {
    if (!(width > 0 && width <= 16)) {
      throw new GraphException("width must be above 0 and at most 16, but is " + width);
    }
  }

  /** Returns options with the published width. */
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
