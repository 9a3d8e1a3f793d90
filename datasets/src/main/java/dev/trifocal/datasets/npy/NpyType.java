package dev.trifocal.datasets.npy;

import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.HalfPrecision;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** NumPy's element types with the tensor types they are read into. */
enum NpyType {
  BOOL("b1", 1, DataType.UINT8),
  INT8("i1", 1, DataType.INT32),
  INT16("i2", 2, DataType.INT32),
  INT32("i4", 4, DataType.INT32),
  INT64("i8", 8, DataType.INT64),
  UINT8("u1", 1, DataType.UINT8),
  UINT16("u2", 2, DataType.INT32),
  UINT32("u4", 4, DataType.INT64),
  UINT64("u8", 8, DataType.INT64),
  FLOAT16("f2", 2, DataType.FLOAT32),
  FLOAT32("f4", 4, DataType.FLOAT32),
  FLOAT64("f8", 8, DataType.FLOAT64);

  private final String code;
  private final int bytes;
  private final DataType type;

  NpyType(String code, int bytes, DataType type) {
    this.code = code;
    this.bytes = bytes;
    this.type = type;
  }

  /** Finds a type by NumPy's code without byte order, such as {@code f4}. */
  static Optional<NpyType> find(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }

  static NpyType of(DataType type) {
    return switch (type) {
      case FLOAT32 -> FLOAT32;
      case FLOAT64 -> FLOAT64;
      case INT32 -> INT32;
      case INT64 -> INT64;
      case UINT8 -> UINT8;
    };
  }

  String code() {
    return code;
  }

  /** Returns the number of bytes per element in the file. */
  int bytes() {
    return bytes;
  }

  /** Returns NumPy's name, such as {@code float32}. */
  String dtype() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the type of the tensor that the elements are read into. */
  DataType tensorType() {
    return type;
  }

  /**
   * Copies all elements of {@code source}, in its byte order, to {@code target}.
   *
   * @throws ArithmeticException if a uint64 value exceeds int64
   */
  void copy(ByteBuffer source, ByteBuffer target) {
    while (source.hasRemaining()) {
      switch (this) {
        case BOOL, UINT8 -> target.put(source);
        case INT8 -> target.putInt(source.get());
        case INT16 -> target.putInt(source.getShort());
        case UINT16 -> target.putInt(Short.toUnsignedInt(source.getShort()));
        case FLOAT16 -> target.putFloat(HalfPrecision.FP16.value(source.getShort()));
        case INT32, FLOAT32 -> target.putInt(source.getInt());
        case UINT32 -> target.putLong(Integer.toUnsignedLong(source.getInt()));
        case INT64, FLOAT64 -> target.putLong(source.getLong());
        case UINT64 -> target.putLong(signed(source.getLong()));
      }
    }
  }

  private static long signed(long value) {
    if (value < 0) {
      throw new ArithmeticException(
          "uint64 value " + Long.toUnsignedString(value) + " exceeds int64");
    }
    return value;
  }
}
