package dev.trifocal.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Lines of bytes packed four to an int, the first one lowest, and their sums. The JVM works on
 * several ints at once where every array of a loop has the same index; bytes it takes one by one.
 */
final class PackedBytes {
  /** Bytes of an int. */
  static final int COUNT = 4;

  static final int WHITE = 255;

  private PackedBytes() {}

  /** How many ints hold so many bytes. */
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

  /** One byte of each int. */
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

  /** Rounds four lines of sums to bytes; weights that were rounded up stop at white. */
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
