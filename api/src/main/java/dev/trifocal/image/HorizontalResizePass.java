package dev.trifocal.image;

import java.util.Arrays;

/**
 * Resizes rows horizontally, one strip of rows at a time. Columns of a strip are transposed to
 * contiguous lines, so that sums vectorise. Not thread-safe.
 */
final class HorizontalResizePass {
  private final int channels;
  private final ResizeCoefficients coefficients;
  private final PackedRows old;
  private final int[] column;
  private final int[][] ring;
  private final int[][] sums;
  private int unpacked;

  /**
   * @param old rows to resize, starting at the first neighbour
   * @param rows maximum number of rows in a strip
   */
  HorizontalResizePass(PackedRows old, int rows, int channels, ResizeCoefficients coefficients) {
    this.channels = channels;
    this.coefficients = coefficients;
    this.old = old;
    this.column = new int[rows];
    this.ring =
        new int[PackedBytes.COUNT * (PackedBytes.words(coefficients.count() * channels) + 2)][rows];
    this.sums = new int[PackedBytes.COUNT][rows];
  }

  /**
   * Resizes one strip.
   *
   * @param made packed output rows
   * @param first index of the strip's first row in input and output
   * @param length length of an output row in ints
   * @param rows number of rows, at most those of a strip
   */
  void run(int[] made, int first, int length, int rows) {
    unpacked = 0;
    int left = coefficients.first()[0];
    int last = coefficients.places() * channels - 1;
    for (int e = 0; e <= last; e++) {
      int place = e / channels;
      int from = (coefficients.first()[place] - left) * channels + e % channels;
      sum(place, from, sums[e % PackedBytes.COUNT], first, rows);
      if (e % PackedBytes.COUNT == PackedBytes.COUNT - 1 || e == last) {
        PackedBytes.pack(sums, column);
        for (int y = 0; y < rows; y++) {
          made[(first + y) * length + e / PackedBytes.COUNT] = column[y];
        }
      }
    }
  }

  /**
   * @param from index of the first neighbour's byte within a row
   */
  private void sum(int place, int from, int[] sums, int first, int rows) {
    Arrays.fill(sums, ResizeCoefficients.HALF);
    for (int k = 0; k < coefficients.count(); k++) {
      int weight = coefficients.weights()[place * coefficients.count() + k];
      if (weight != 0) {
        int at = from + k * channels;
        while (unpacked * PackedBytes.COUNT <= at) {
          unpack(first, rows);
        }
        PackedBytes.add(weight, ring[at % ring.length], sums);
      }
    }
  }

  private void unpack(int first, int rows) {
    old.column(unpacked, first, rows, column);
    for (int lane = 0; lane < PackedBytes.COUNT; lane++) {
      PackedBytes.unpack(column, lane, ring[(unpacked * PackedBytes.COUNT + lane) % ring.length]);
    }
    unpacked++;
  }
}
