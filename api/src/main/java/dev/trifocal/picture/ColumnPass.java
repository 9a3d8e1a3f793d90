package dev.trifocal.picture;

import java.util.Arrays;

/**
 * Makes rows narrower or wider, a strip of them at a time. A column of a strip becomes a line, so
 * that what is summed up lies side by side. Not for several threads.
 */
final class ColumnPass {
  private final int channels;
  private final Taps taps;
  private final PackedRows old;
  private final int[] column;
  private final int[][] ring;
  private final int[][] sums;
  private int unpacked;

  /**
   * @param old rows from their first neighbour on
   * @param rows of a strip
   */
  ColumnPass(PackedRows old, int rows, int channels, Taps taps) {
    this.channels = channels;
    this.taps = taps;
    this.old = old;
    this.column = new int[rows];
    this.ring = new int[Lanes.COUNT * (Lanes.words(taps.count() * channels) + 2)][rows];
    this.sums = new int[Lanes.COUNT][rows];
  }

  /**
   * @param made packed rows
   * @param first index of the strip's first row, among the old ones and those made
   * @param length of a row that is made
   * @param rows to make, not more than a strip has
   */
  void run(int[] made, int first, int length, int rows) {
    unpacked = 0;
    int left = taps.first()[0];
    int last = taps.places() * channels - 1;
    for (int e = 0; e <= last; e++) {
      int place = e / channels;
      int from = (taps.first()[place] - left) * channels + e % channels;
      sum(place, from, sums[e % Lanes.COUNT], first, rows);
      if (e % Lanes.COUNT == Lanes.COUNT - 1 || e == last) {
        Lanes.pack(sums, column);
        for (int y = 0; y < rows; y++) {
          made[(first + y) * length + e / Lanes.COUNT] = column[y];
        }
      }
    }
  }

  /**
   * @param from byte of a row that is the first neighbour
   */
  private void sum(int place, int from, int[] sums, int first, int rows) {
    Arrays.fill(sums, Taps.HALF);
    for (int k = 0; k < taps.count(); k++) {
      int weight = taps.weights()[place * taps.count() + k];
      if (weight != 0) {
        int at = from + k * channels;
        while (unpacked * Lanes.COUNT <= at) {
          unpack(first, rows);
        }
        Lanes.add(weight, ring[at % ring.length], sums);
      }
    }
  }

  private void unpack(int first, int rows) {
    old.column(unpacked, first, rows, column);
    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      Lanes.unpack(column, lane, ring[(unpacked * Lanes.COUNT + lane) % ring.length]);
    }
    unpacked++;
  }
}
