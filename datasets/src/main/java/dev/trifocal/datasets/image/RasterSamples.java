package dev.trifocal.datasets.image;

import dev.trifocal.image.Image;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Reads the samples of a Java image as stored in the file; Java's own conversion would treat gray
 * as linear light and brighten it.
 */
final class RasterSamples {
  static final int MOST = 255;

  private RasterSamples() {}

  /**
   * Returns an RGB image; transparent pixels become white, samples of 9 to 16 bits are scaled and
   * rounded, and deeper ones are clipped to [0, 255].
   */
  static Image image(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    if (isOfInks(image)) {
      return ofInks(image);
    }
    boolean converted = isConverted(image.getColorModel());
    byte[] values = new byte[3 * height * width];
    int[] row = null;
    for (int y = 0; y < height; y++) {
      if (converted) {
        row = image.getRGB(0, y, width, 1, row, 0, width);
        putColours(row, values, 3 * y * width);
      } else {
        row = image.getRaster().getPixels(0, y, width, 1, row);
        putSamples(row, image.getRaster(), values, 3 * y * width);
      }
    }
    return Image.of(height, width, 3, values);
  }

  /** Returns whether Java must convert the image: palettes, premultiplied alpha and CMYK. */
  private static boolean isConverted(ColorModel colours) {
    int space = colours.getColorSpace().getType();
    return colours instanceof IndexColorModel
        || colours.isAlphaPremultiplied()
        || space != ColorSpace.TYPE_RGB && space != ColorSpace.TYPE_GRAY;
  }

  private static void putColours(int[] row, byte[] values, int to) {
    for (int x = 0; x < row.length; x++) {
      int alpha = row[x] >>> 24;
      values[to + 3 * x] = onWhite(row[x] >> 16 & 0xFF, alpha);
      values[to + 3 * x + 1] = onWhite(row[x] >> 8 & 0xFF, alpha);
      values[to + 3 * x + 2] = onWhite(row[x] & 0xFF, alpha);
    }
  }

  private static boolean isOfInks(BufferedImage image) {
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK
        && image.getRaster().getNumBands() == 4
        && image.getRaster().getTransferType() == DataBuffer.TYPE_BYTE;
  }

  /** Converts CMYK in which 0 means no ink, unlike in JPEG files. */
  private static Image ofInks(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    int[] samples = image.getRaster().getPixels(0, 0, width, height, (int[]) null);
    byte[] inks = new byte[samples.length];
    for (int i = 0; i < inks.length; i++) {
      inks[i] = (byte) (MOST - samples[i]);
    }
    return CmykConversion.image(height, width, inks, false);
  }

  /** Converts a row of gray, gray and alpha, RGB, or RGB and alpha. */
  private static void putSamples(int[] row, Raster raster, byte[] values, int to) {
    int bands = raster.getNumBands();
    int colours = bands < 3 ? 1 : 3;
    for (int x = 0; x < raster.getWidth(); x++) {
      int alpha = bands == colours ? MOST : scaled(row, raster, x * bands, colours);
      for (int c = 0; c < 3; c++) {
        int value = scaled(row, raster, x * bands, Math.min(c, colours - 1));
        values[to + 3 * x + c] = onWhite(value, alpha);
      }
    }
  }

  private static int scaled(int[] row, Raster raster, int pixel, int band) {
    int bits = raster.getSampleModel().getSampleSize(band);
    int sample = row[pixel + band];
    if (bits > Short.SIZE) {
      return Math.max(0, Math.min(MOST, sample));
    }
    long most = (1L << bits) - 1;
    return bits == 8 ? sample : (int) ((sample * (long) MOST + most / 2) / most);
  }

  private static byte onWhite(int value, int alpha) {
    return (byte) ((value * alpha + MOST * (MOST - alpha) + MOST / 2) / MOST);
  }
}
