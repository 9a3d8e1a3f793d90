package dev.trifocal.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Operations on lines of bytes, packed four to an int with the first byte lowest. The JVM
 * vectorises loops over ints if all arrays have the same index, but not loops over bytes.
 */
final class PackedBytes {
  /** The number of bytes in an int. */
  static final int COUNT = 4;

  static final int WHITE = 255;

  private PackedBytes() {}

  /** Returns the number of ints needed for a number of bytes. */
  static int words(int bytes) {
    return (bytes + COUNT - 1) / COUNT;
  }

  static void read(byte[] values, int from, int bytes, int[] line, int to) {
    int whole = bytes / COUNT;
    ByteBuffer.wrap(values, from, bytes)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .get(line, to, whole);
    for (int i = whole * COUNT; i < bytes; i++) {
      int kept = i % COUNT == 0 ? 0 : line[to + whole];
      line[to + whole] = kept | (values[from + i] & WHITE) << 8 * (i % COUNT);
    }
  }

  static void write(int[] line, int from, byte[] values, int to, int bytes) {
    int whole = bytes / COUNT;
    ByteBuffer.wrap(values, to, bytes)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .put(line, from, whole);
    for (int i = whole * COUNT; i < bytes; i++) {
      values[to + i] = (byte) (line[from + whole] >>> 8 * (i % COUNT));
    }
  }

  /** Extracts one byte of each int. */
  static void unpack(int[] packed, int lane, int[] line) {
    int shift = 8 * lane;
    for (int i = 0; i < line.length; i++) {
      line[i] = packed[i] >>> shift & WHITE;
    }
  }

  static void add(int weight, int[] line, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * line[i];
    }
  }

  /**
   * Rounds four lines of sums to bytes and packs them. Sums are clipped at white, because rounded
   * weights may sum to more than 1.
   */
  static void pack(int[][] sums, int[] packed) {
    for (int[] line : sums) {
      clip(line);
    }
    join(sums[0], sums[1], sums[2], sums[3], packed);
  }

  private static void clip(int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      int value = sums[i] >> ResizeCoefficients.BITS;
      sums[i] = (value | WHITE - value >> 31) & WHITE;
    }
  }

  private static void join(int[] a, int[] b, int[] c, int[] d, int[] packed) {
    for (int i = 0; i < packed.length; i++) {
      packed[i] = a[i] | b[i] << 8 | c[i] << 16 | d[i] << 24;
    }
  }
}
