package dev.trifocal.datasets.image;

import dev.trifocal.image.Image;

/**
 * Pictures in cyan, magenta, yellow and black. In JPEG files they are stored Adobe's way, 255 for
 * no ink, and become colours as Pillow has it: by plain multiplication with black.
 */
final class CmykConversion {
  static final int MOST = 255;

  private CmykConversion() {}

  /**
   * @param inks {@code [height, width, 4]}, as stored
   * @param lumaAndChroma whether the first three are stored as YCbCr
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

  /** libjpeg's whole-number arithmetic of JFIF's formulas. */
  private static void unmix(int y, int cb, int cr, int[] paper) {
    paper[0] = MOST - clipped(y + (91881 * cr + 0x8000 >> 16));
    paper[1] = MOST - clipped(y + (-22554 * cb - 46802 * cr + 0x8000 >> 16));
    paper[2] = MOST - clipped(y + (116130 * cb + 0x8000 >> 16));
  }

  private static int clipped(int value) {
    return Math.max(0, Math.min(MOST, value));
  }

  /** Rounded {@code a * b / 255}. */
  private static int product(int a, int b) {
    int scaled = a * b + 128;
    return (scaled >> 8) + scaled >> 8;
  }
}
