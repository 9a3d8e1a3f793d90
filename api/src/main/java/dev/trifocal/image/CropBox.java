package dev.trifocal.image;

import dev.trifocal.error.DataException;

/**
 * A rectangular part of an image, in pixels.
 *
 * @param top first row, 0 or more
 * @param left first column, 0 or more
 * @param height positive
 * @param width positive
 */
public record CropBox(int top, int left, int height, int width) {
  public CropBox {
    if (top < 0 || left < 0 || height <= 0 || width <= 0) {
      throw new DataException(
          "a crop box needs a position of 0 or more and a positive size, but is %dx%d at %d, %d"
              .formatted(height, width, top, left));
    }
  }

  /**
   * Returns the central part of an image. Half pixels are rounded to even, like torchvision's
   * {@code CenterCrop}.
   *
   * @param imageHeight at least {@code height}
   * @param imageWidth at least {@code width}
   */
  public static CropBox middle(int imageHeight, int imageWidth, int height, int width) {
    int top = (int) Math.rint((imageHeight - height) / 2.0);
    int left = (int) Math.rint((imageWidth - width) / 2.0);
    return new CropBox(top, left, height, width);
  }
}
