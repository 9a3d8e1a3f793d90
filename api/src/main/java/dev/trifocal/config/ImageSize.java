package dev.trifocal.config;

import dev.trifocal.error.ConfigurationException;

/**
 * The size of a network's input images, in pixels.
 *
 * @param height positive
 * @param width positive
 */
public record ImageSize(int height, int width) {
  /** The input size of most ImageNet networks. */
  public static final ImageSize USUAL = new ImageSize(224, 224);

  /**
   * Parses a size: {@code 224}, or height and width as {@code 160x200}.
   *
   * @throws ConfigurationException if the text has another form
   */
  public static ImageSize parse(String text) {
    if (!text.matches("[1-9]\\d{0,4}(x[1-9]\\d{0,4})?")) {
      throw new ConfigurationException(
          "'%s' is not an image size; use 224, or 160x200 (height first)".formatted(text));
    }
    String[] sides = text.split("x");
    return new ImageSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1]));
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return height == width ? String.valueOf(height) : height + "x" + width;
  }
}
