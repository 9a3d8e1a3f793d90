package dev.trifocal.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Rows of bytes, read four bytes at a time.
 *
 * @param values bytes of all rows
 * @param from index of the first byte of the first row
 * @param stride bytes from one row to the next
 */
record PackedRows(byte[] values, int from, int stride) {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * Reads four bytes of each row; bytes beyond the end of the array are 0.
   *
   * @param index index of the group of four within a row
   * @param first first row
   * @param line output, one int per row with the first byte lowest
   */
  void column(int index, int first, int rows, int[] line) {
    int at = from + first * stride + Integer.BYTES * index;
    int whole = Math.min(rows, Math.floorDiv(values.length - Integer.BYTES - at, stride) + 1);
    for (int y = 0; y < whole; y++) {
      line[y] = (int) INT.get(values, at + y * stride);
    }
    for (int y = Math.max(0, whole); y < rows; y++) {
      line[y] = rest(at + y * stride);
    }
  }

  private int rest(int at) {
    int packed = 0;
    for (int i = Math.min(Integer.BYTES, values.length - at) - 1; i >= 0; i--) {
      packed = packed << Byte.SIZE | values[at + i] & 0xFF;
    }
    return packed;
  }
}
