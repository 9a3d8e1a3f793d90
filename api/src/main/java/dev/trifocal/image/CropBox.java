package dev.trifocal.image;

import dev.trifocal.error.DataException;

/**
 * A part of a picture, in pixels.
 *
 * @param top row of its first pixel
 * @param left column of its first pixel
 * @param height positive
 * @param width positive
 */
public record CropBox(int top, int left, int height, int width) {
  public CropBox {
    if (top < 0 || left < 0 || height <= 0 || width <= 0) {
      throw new DataException(
          "a part of a picture needs a place of 0 or more and a positive size, but is %dx%d at %d, %d"
              .formatted(height, width, top, left));
    }
  }

  /**
   * The middle of a picture; where it cannot be in the middle, nearer to the even side, as
   * torchvision's {@code CenterCrop}.
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
