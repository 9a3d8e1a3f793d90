package dev.trifocal.config;

import dev.trifocal.error.ConfigurationException;

/**
 * Of the pictures that a network reads, in pixels.
 *
 * @param height positive
 * @param width positive
 */
public record ImageSize(int height, int width) {
  /** What most networks of ImageNet read. */
  public static final ImageSize USUAL = new ImageSize(224, 224);

  /**
   * {@code 224}, or height and width: {@code 160x200}.
   *
   * @throws ConfigurationException if it is neither
   */
  public static ImageSize parse(String text) {
    if (!text.matches("[1-9]\\d{0,4}(x[1-9]\\d{0,4})?")) {
      throw new ConfigurationException(
          "'%s' is not the size of a picture; write 224, or height and width: 160x200"
              .formatted(text));
    }
    String[] sides = text.split("x");
    return new ImageSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1]));
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return height == width ? String.valueOf(height) : height + "x" + width;
  }
}
