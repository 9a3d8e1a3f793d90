package dev.trifocal.weights;

import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.HalfPrecision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Types of the elements of safetensors files, by their names there. Numbers of 16 bits are widened:
 * each is a float32 as well.
 */
enum StoredType {
  F32(DataType.FLOAT32, Float.BYTES),
  F64(DataType.FLOAT64, Double.BYTES),
  I32(DataType.INT32, Integer.BYTES),
  I64(DataType.INT64, Long.BYTES),
  U8(DataType.UINT8, Byte.BYTES),
  F16(DataType.FLOAT32, Short.BYTES),
  BF16(DataType.FLOAT32, Short.BYTES);

  private final DataType type;
  private final int bytes;

  StoredType(DataType type, int bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  static Optional<StoredType> named(String name) {
    return Arrays.stream(values()).filter(stored -> stored.name().equals(name)).findFirst();
  }

  /** The type in which elements of this type are written. */
  static StoredType of(DataType type) {
    return Arrays.stream(values()).filter(stored -> stored.type == type).findFirst().orElseThrow();
  }

  /** What becomes of the elements. */
  DataType type() {
    return type;
  }

  /** Of one element in the file. */
  int bytes() {
    return bytes;
  }

  boolean isWidened() {
    return bytes < type.bytes();
  }

  /**
   * @param narrow elements of 16 bits, little-endian, from the first byte on
   * @param wide to be filled with as many
   */
  void widen(ByteBuffer narrow, ByteBuffer wide) {
    ByteBuffer from = narrow.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    while (wide.hasRemaining()) {
      short bits = from.getShort();
      wide.putFloat(this == BF16 ? HalfPrecision.bfloat16(bits) : HalfPrecision.float16(bits));
    }
  }
}
