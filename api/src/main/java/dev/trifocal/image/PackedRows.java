package dev.trifocal.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Rows of bytes that are read four at a time, from a place on.
 *
 * @param values of all rows
 * @param from index of the first byte of the first row
 * @param stride bytes from a row to the next
 */
record PackedRows(byte[] values, int from, int stride) {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * Four bytes of each row; what lies beyond the last byte of all is 0.
   *
   * @param index of the four in a row
   * @param first row
   * @param line takes them, the first byte lowest
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
