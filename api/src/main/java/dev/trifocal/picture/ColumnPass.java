package dev.trifocal.picture;

import java.util.Arrays;

/**
 * Makes rows narrower or wider, a strip of them at a time. A column of a strip becomes a line, so
 * that what is summed up lies side by side. Not for several threads.
 */
final class ColumnPass {
  private final int channels;
  private final Taps taps;
  private final int[] old;
  private final int oldLength;
  private final int[] column;
  private final int[][] ring;
  private final int[][] sums;
  private int unpacked;

  /**
   * @param rows of a strip
   */
  ColumnPass(int rows, int oldLength, int channels, Taps taps) {
    this.channels = channels;
    this.taps = taps;
    this.old = new int[rows * oldLength];
    this.oldLength = oldLength;
    this.column = new int[rows];
    this.ring = new int[Lanes.COUNT * (Lanes.words(taps.count() * channels) + 2)][rows];
    this.sums = new int[Lanes.COUNT][rows];
  }

  /** The strip's rows, packed, each of the old length; to be filled before a run. */
  int[] old() {
    return old;
  }

  /**
   * @param made packed rows
   * @param to index of the strip's first row among them
   * @param length of a row
   * @param rows to make, not more than a strip has
   */
  void run(int[] made, int to, int length, int rows) {
    unpacked = 0;
    int left = taps.first()[0];
    int last = taps.places() * channels - 1;
    for (int e = 0; e <= last; e++) {
      int place = e / channels;
      sum(place, (taps.first()[place] - left) * channels + e % channels, sums[e % Lanes.COUNT]);
      if (e % Lanes.COUNT == Lanes.COUNT - 1 || e == last) {
        Lanes.pack(sums, column);
        for (int y = 0; y < rows; y++) {
          made[(to + y) * length + e / Lanes.COUNT] = column[y];
        }
      }
    }
  }

  /**
   * @param from byte of a row that is the first neighbour
   */
  private void sum(int place, int from, int[] sums) {
    Arrays.fill(sums, Taps.HALF);
    for (int k = 0; k < taps.count(); k++) {
      int weight = taps.weights()[place * taps.count() + k];
      if (weight != 0) {
        int at = from + k * channels;
        while (unpacked * Lanes.COUNT <= at) {
          unpack();
        }
        Lanes.add(weight, ring[at % ring.length], sums);
      }
    }
  }

  private void unpack() {
    for (int y = 0; y < column.length; y++) {
      column[y] = old[y * oldLength + unpacked];
    }
    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      Lanes.unpack(column, lane, ring[(unpacked * Lanes.COUNT + lane) % ring.length]);
    }
    unpacked++;
  }
}
