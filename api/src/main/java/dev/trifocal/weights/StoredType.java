package dev.trifocal.weights;

import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Types of the elements of safetensors files, by their names there. Numbers of 16 bits are widened
 * when they are read: each is a float32 as well.
 */
enum StoredType {
  F32(DataType.FLOAT32, Float.BYTES),
  F64(DataType.FLOAT64, Double.BYTES),
  I32(DataType.INT32, Integer.BYTES),
  I64(DataType.INT64, Long.BYTES),
  U8(DataType.UINT8, Byte.BYTES),
  F16(HalfPrecision.FP16),
  BF16(HalfPrecision.BF16);

  private final DataType type;
  private final int bytes;
  private final Optional<HalfPrecision> half;

  StoredType(DataType type, int bytes) {
    this.type = type;
    this.bytes = bytes;
    this.half = Optional.empty();
  }

  StoredType(HalfPrecision half) {
    this.type = DataType.FLOAT32;
    this.bytes = Short.BYTES;
    this.half = Optional.of(half);
  }

  static Optional<StoredType> named(String name) {
    return Arrays.stream(values()).filter(stored -> stored.name().equals(name)).findFirst();
  }

  /** The type in which elements of this type are written. */
  static StoredType of(DataType type) {
    return Arrays.stream(values()).filter(stored -> stored.type == type).findFirst().orElseThrow();
  }

  /** The type in which elements of this type are written if those of float32 take 16 bits. */
  static StoredType of(DataType type, HalfPrecision half) {
    return type == DataType.FLOAT32
        ? Arrays.stream(values())
            .filter(stored -> stored.half.equals(Optional.of(half)))
            .findFirst()
            .orElseThrow()
        : of(type);
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
    return half.isPresent();
  }

  /**
   * @param narrow elements of 16 bits, little-endian, from the first byte on
   * @param wide to be filled with as many
   */
  void widen(ByteBuffer narrow, ByteBuffer wide) {
    ByteBuffer from = narrow.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    while (wide.hasRemaining()) {
      wide.putFloat(half.orElseThrow().value(from.getShort()));
    }
  }

  /** Returns the elements of a tensor as they are stored. */
  ByteBuffer stored(Tensor tensor) {
    return half.map(format -> format.narrowed(tensor)).orElseGet(tensor::bytes);
  }
}
