package dev.trifocal.datasets.image;

/**
 * The number of pixels that an image file may claim. Readers allocate the claimed size before they
 * decode; a file that claims more pixels than its bytes can hold is damaged or hostile.
 */
final class PixelLimit {
  /** The limit for any file, as in Pillow. */
  static final long MOST_PIXELS = 178_956_970;

  /**
   * The number of pixels that a file may claim whatever its length, where a format can omit pixels
   * or encode equal ones in no bits at all.
   */
  private static final long OMITTED = 1 << 24;

  /** The highest compression ratio of deflate. */
  private static final long DEFLATE = 1032;

  private static final int PNG_DEPTH = 24;
  private static final int PNG_COLOUR_TYPE = 25;

  private PixelLimit() {}

  /** Returns the limit for a file. */
  static long of(ImageFormat format, byte[] file) {
    long bits = 8L * file.length;
    long held =
        switch (format) {
          // A block of 64 pixels takes a bit or more per scan, and one component may be half as
          // large as the image.
          case JPEG -> bits * 64 * 2;
          case PNG -> bits * DEFLATE / pngBits(file);
          // A code of 12 bits stands for a string in a table of 4,096.
          case GIF -> OMITTED + bits * 4096 / 12;
          case BMP -> OMITTED + bits * 255 / 16;
          case TIFF -> OMITTED + bits * DEFLATE;
          // The modes of a macroblock of 256 pixels take three bits or more.
          case WEBP -> OMITTED + bits * 256 / 3;
        };
    return Math.min(MOST_PIXELS, held);
  }

  /** Returns the bits of a pixel. */
  private static int pngBits(byte[] file) {
    int channels =
        switch (file[PNG_COLOUR_TYPE]) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    return channels * Math.max(1, file[PNG_DEPTH]);
  }
}
