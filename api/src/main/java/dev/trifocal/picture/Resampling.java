package dev.trifocal.picture;

import java.util.Arrays;

/**
 * Pillow's antialiased bilinear resize of bytes, in its arithmetic: columns first, each pass
 * rounded to bytes, no pass where a size stays.
 */
final class Resampling {
  /** Rows that are made narrower together, few enough for the nearer caches. */
  private static final int STRIP = 512;

  private final byte[] values;
  private final int height;
  private final int width;
  private final int channels;

  /**
   * @param values {@code [height, width, channels]}
   */
  Resampling(byte[] values, int height, int width, int channels) {
    this.values = values;
    this.height = height;
    this.width = width;
    this.channels = channels;
  }

  /**
   * A part of what the picture would be in a new size.
   *
   * @return {@code [part.height, part.width, channels]}
   */
  byte[] resize(int newHeight, int newWidth, Box part) {
    int[] packed;
    if (newHeight == height) {
      packed = narrowed(newWidth, part, part.top(), part.height());
    } else {
      Taps taps = Taps.of(height, newHeight, part.top(), part.height());
      int top = taps.first()[0];
      int rows = Math.min(height, taps.end()) - top;
      packed = summed(narrowed(newWidth, part, top, rows), Lanes.words(row(part)), taps);
    }
    byte[] result = new byte[part.height() * row(part)];
    for (int y = 0; y < part.height(); y++) {
      Lanes.write(packed, y * Lanes.words(row(part)), result, y * row(part), row(part));
    }
    return result;
  }

  private int row(Box part) {
    return part.width() * channels;
  }

  /** Some rows of the picture in its new width, packed. */
  private int[] narrowed(int newWidth, Box part, int top, int rows) {
    int length = Lanes.words(row(part));
    int[] made = new int[rows * length];
    if (newWidth == width) {
      read(top, rows, part.left(), part.width(), made);
      return made;
    }
    Taps taps = Taps.of(width, newWidth, part.left(), part.width());
    PackedRows old =
        new PackedRows(values, (top * width + taps.first()[0]) * channels, width * channels);
    int strips = (rows + STRIP - 1) / STRIP;
    int strip = (rows + strips - 1) / strips;
    ColumnPass pass = new ColumnPass(old, strip, channels, taps);
    for (int y = 0; y < rows; y += strip) {
      pass.run(made, y, length, Math.min(strip, rows - y));
    }
    return made;
  }

  private void read(int top, int rows, int left, int columns, int[] packed) {
    int row = columns * channels;
    for (int y = 0; y < rows; y++) {
      int from = ((top + y) * width + left) * channels;
      Lanes.read(values, from, row, packed, y * Lanes.words(row));
    }
  }

  /**
   * Weighted sums of rows.
   *
   * @param packed from the first neighbour of the first place on
   * @param length of a row
   */
  private static int[] summed(int[] packed, int length, Taps taps) {
    int[][][] ring = new int[taps.count()][Lanes.COUNT][length];
    int[][] sums = new int[Lanes.COUNT][length];
    int[] line = new int[length];
    int[] made = new int[taps.places() * length];
    int top = taps.first()[0];
    int rows = packed.length / length;
    int unpacked = 0;
    for (int y = 0; y < taps.places(); y++) {
      int first = taps.first()[y] - top;
      for (; unpacked < Math.min(rows, first + taps.count()); unpacked++) {
        System.arraycopy(packed, unpacked * length, line, 0, length);
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
          Lanes.unpack(line, lane, ring[unpacked % ring.length][lane]);
        }
      }
      sum(ring, first, taps, y, sums);
      Lanes.pack(sums, line);
      System.arraycopy(line, 0, made, y * length, length);
    }
    return made;
  }

  private static void sum(int[][][] ring, int first, Taps taps, int place, int[][] sums) {
    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      Arrays.fill(sums[lane], Taps.HALF);
      for (int k = 0; k < taps.count(); k++) {
        int weight = taps.weights()[place * taps.count() + k];
        if (weight != 0) {
          Lanes.add(weight, ring[(first + k) % ring.length][lane], sums[lane]);
        }
      }
    }
  }
}
