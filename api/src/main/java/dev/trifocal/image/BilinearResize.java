package dev.trifocal.image;

import java.util.Arrays;

/**
 * Pillow's antialiased bilinear resize of bytes, with the same arithmetic: the horizontal pass
 * comes first, each pass rounds to bytes, and a pass is skipped if the size does not change.
 */
final class BilinearResize {
  /** Maximum rows per horizontal pass, small enough for the CPU's caches. */
  private static final int STRIP = 512;

  private final byte[] values;
  private final int height;
  private final int width;
  private final int channels;

  /**
   * @param values {@code [height, width, channels]}
   */
  BilinearResize(byte[] values, int height, int width, int channels) {
    this.values = values;
    this.height = height;
    this.width = width;
    this.channels = channels;
  }

  /**
   * Computes a part of the resized image.
   *
   * @return values {@code [part.height, part.width, channels]}
   */
  byte[] resize(int newHeight, int newWidth, CropBox part) {
    int[] packed;
    if (newHeight == height) {
      packed = narrowed(newWidth, part, part.top(), part.height());
    } else {
      ResizeCoefficients coefficients =
          ResizeCoefficients.of(height, newHeight, part.top(), part.height());
      int top = coefficients.first()[0];
      int rows = Math.min(height, coefficients.end()) - top;
      packed =
          summed(narrowed(newWidth, part, top, rows), PackedBytes.words(row(part)), coefficients);
    }
    byte[] result = new byte[part.height() * row(part)];
    for (int y = 0; y < part.height(); y++) {
      PackedBytes.write(packed, y * PackedBytes.words(row(part)), result, y * row(part), row(part));
    }
    return result;
  }

  private int row(CropBox part) {
    return part.width() * channels;
  }

  /** Returns rows resized horizontally, packed. */
  private int[] narrowed(int newWidth, CropBox part, int top, int rows) {
    int length = PackedBytes.words(row(part));
    int[] made = new int[rows * length];
    if (newWidth == width) {
      read(top, rows, part.left(), part.width(), made);
      return made;
    }
    ResizeCoefficients coefficients =
        ResizeCoefficients.of(width, newWidth, part.left(), part.width());
    PackedRows old =
        new PackedRows(
            values, (top * width + coefficients.first()[0]) * channels, width * channels);
    int strips = (rows + STRIP - 1) / STRIP;
    int strip = (rows + strips - 1) / strips;
    HorizontalResizePass pass = new HorizontalResizePass(old, strip, channels, coefficients);
    for (int y = 0; y < rows; y += strip) {
      pass.run(made, y, length, Math.min(strip, rows - y));
    }
    return made;
  }

  private void read(int top, int rows, int left, int columns, int[] packed) {
    int row = columns * channels;
    for (int y = 0; y < rows; y++) {
      int from = ((top + y) * width + left) * channels;
      PackedBytes.read(values, from, row, packed, y * PackedBytes.words(row));
    }
  }

  /**
   * Computes weighted sums of rows.
   *
   * @param packed rows, starting with the first neighbour of the first output row
   * @param length length of a row in ints
   */
  private static int[] summed(int[] packed, int length, ResizeCoefficients coefficients) {
    int[][][] ring = new int[coefficients.count()][PackedBytes.COUNT][length];
    int[][] sums = new int[PackedBytes.COUNT][length];
    int[] line = new int[length];
    int[] made = new int[coefficients.places() * length];
    int top = coefficients.first()[0];
    int rows = packed.length / length;
    int unpacked = 0;
    for (int y = 0; y < coefficients.places(); y++) {
      int first = coefficients.first()[y] - top;
      for (; unpacked < Math.min(rows, first + coefficients.count()); unpacked++) {
        System.arraycopy(packed, unpacked * length, line, 0, length);
        for (int lane = 0; lane < PackedBytes.COUNT; lane++) {
          PackedBytes.unpack(line, lane, ring[unpacked % ring.length][lane]);
        }
      }
      sum(ring, first, coefficients, y, sums);
      PackedBytes.pack(sums, line);
      System.arraycopy(line, 0, made, y * length, length);
    }
    return made;
  }

  private static void sum(
      int[][][] ring, int first, ResizeCoefficients coefficients, int place, int[][] sums) {
    for (int lane = 0; lane < PackedBytes.COUNT; lane++) {
      Arrays.fill(sums[lane], ResizeCoefficients.HALF);
      for (int k = 0; k < coefficients.count(); k++) {
        int weight = coefficients.weights()[place * coefficients.count() + k];
        if (weight != 0) {
          PackedBytes.add(weight, ring[(first + k) % ring.length][lane], sums[lane]);
        }
      }
    }
  }
}
