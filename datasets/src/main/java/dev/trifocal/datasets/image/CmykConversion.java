package dev.trifocal.datasets.image;

import dev.trifocal.image.Image;

/**
 * Converts CMYK images to RGB. JPEG files store them in Adobe's convention, with 255 for no ink;
 * the conversion multiplies by black, as in Pillow.
 */
final class CmykConversion {
  static final int MOST = 255;

  private CmykConversion() {}

  /**
   * Converts an image.
   *
   * @param inks the stored values, {@code [height, width, 4]}
   * @param lumaAndChroma whether the first three channels are stored as YCbCr
   */
  static Image image(int height, int width, byte[] inks, boolean lumaAndChroma) {
    byte[] values = new byte[3 * height * width];
    int[] paper = new int[3];
    for (int pixel = 0; pixel < height * width; pixel++) {
      int at = 4 * pixel;
      if (lumaAndChroma) {
        unmix(inks[at] & 0xFF, (inks[at + 1] & 0xFF) - 128, (inks[at + 2] & 0xFF) - 128, paper);
      } else {
        for (int c = 0; c < 3; c++) {
          paper[c] = inks[at + c] & 0xFF;
        }
      }
      int light = inks[at + 3] & 0xFF;
      for (int c = 0; c < 3; c++) {
        values[3 * pixel + c] = (byte) (light - product(MOST - paper[c], light));
      }
    }
    return Image.of(height, width, 3, values);
  }

  /** Converts YCbCr with libjpeg's integer arithmetic for the JFIF formulas. */
  private static void unmix(int y, int cb, int cr, int[] paper) {
    paper[0] = MOST - clipped(y + (91881 * cr + 0x8000 >> 16));
    paper[1] = MOST - clipped(y + (-22554 * cb - 46802 * cr + 0x8000 >> 16));
    paper[2] = MOST - clipped(y + (116130 * cb + 0x8000 >> 16));
  }

  private static int clipped(int value) {
    return Math.max(0, Math.min(MOST, value));
  }

  /** Returns {@code a * b / 255}, rounded. */
  private static int product(int a, int b) {
    int scaled = a * b + 128;
    return (scaled >> 8) + scaled >> 8;
  }
}
