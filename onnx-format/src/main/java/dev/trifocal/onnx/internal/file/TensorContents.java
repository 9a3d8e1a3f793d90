package dev.trifocal.onnx.internal.file;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.NumberType;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/** Reads the numbers of a tensor in any of the encodings that ONNX allows. */
public record TensorContents(ExternalData external) {
  /**
   * The most integers in one tensor; these are shapes and indices, and take more memory here than
   * in the file.
   */
  private static final int MOST_WHOLE = 1 << 26;

  private static final Set<DataType> NUMBERS =
      Set.of(
          DataType.FLOAT,
          DataType.DOUBLE,
          DataType.FLOAT16,
          DataType.BFLOAT16,
          DataType.INT64,
          DataType.UINT64,
          DataType.UINT32,
          DataType.INT32,
          DataType.INT16,
          DataType.UINT16,
          DataType.INT8,
          DataType.UINT8,
          DataType.BOOL);

  /**
   * Returns the numbers of a tensor; real numbers of any width become float32.
   *
   * @throws GraphException if shape and contents are inconsistent, or the tensor does not hold
   *     numbers
   */
  public ConstantValue of(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    List<Integer> sizes = sizes(tensor);
    if (type == null) {
      throw new GraphException(
          "%s has unknown type %d".formatted(called(tensor), tensor.getDataType()));
    }
    return switch (type) {
      case FLOAT ->
          isRaw(tensor)
              ? float32(tensor, sizes)
              : real(
                  tensor,
                  sizes,
                  4,
                  tensor.getFloatDataCount(),
                  tensor::getFloatData,
                  Bytes::float32);
      case DOUBLE ->
          real(
              tensor, sizes, 8, tensor.getDoubleDataCount(), tensor::getDoubleData, Bytes::float64);
      case FLOAT16 ->
          real(
              tensor,
              sizes,
              2,
              tensor.getInt32DataCount(),
              i -> HalfPrecision.FP16.value((short) tensor.getInt32Data(i)),
              (bytes, i) -> HalfPrecision.FP16.value(bytes.getShort(2 * i)));
      case BFLOAT16 ->
          real(
              tensor,
              sizes,
              2,
              tensor.getInt32DataCount(),
              i -> HalfPrecision.BF16.value((short) tensor.getInt32Data(i)),
              (bytes, i) -> HalfPrecision.BF16.value(bytes.getShort(2 * i)));
      case INT64 ->
          whole(tensor, sizes, 8, tensor.getInt64DataCount(), tensor::getInt64Data, Bytes::int64);
      case UINT64 ->
          whole(tensor, sizes, 8, tensor.getUint64DataCount(), tensor::getUint64Data, Bytes::int64);
      case UINT32 ->
          whole(
              tensor, sizes, 4, tensor.getUint64DataCount(), tensor::getUint64Data, Bytes::uint32);
      case INT32 -> small(tensor, sizes, 4, Bytes::int32);
      case INT16 -> small(tensor, sizes, 2, (bytes, i) -> bytes.getShort(2 * i));
      case UINT16 -> small(tensor, sizes, 2, (bytes, i) -> bytes.getShort(2 * i) & 0xffff);
      case INT8 -> small(tensor, sizes, 1, (bytes, i) -> bytes.get(i));
      case UINT8 -> small(tensor, sizes, 1, (bytes, i) -> bytes.get(i) & 0xff);
      case BOOL -> small(tensor, sizes, 1, (bytes, i) -> bytes.get(i)).as(NumberType.BOOLEAN);
      default ->
          throw new GraphException(
              "%s of type %s is not supported".formatted(called(tensor), type));
    };
  }

  /**
   * Returns whether the element type is supported; strings and the smallest floating-point types
   * are not.
   */
  public static boolean holdsNumbers(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    return type != null && NUMBERS.contains(type);
  }

  /** Reads the number at an index of raw bytes. */
  @FunctionalInterface
  interface Bytes {
    double at(ByteBuffer bytes, int index);

    static double float32(ByteBuffer bytes, int index) {
      return bytes.getFloat(4 * index);
    }

    static double float64(ByteBuffer bytes, int index) {
      return bytes.getDouble(8 * index);
    }

    static double int64(ByteBuffer bytes, int index) {
      return bytes.getLong(8 * index);
    }

    static double int32(ByteBuffer bytes, int index) {
      return bytes.getInt(4 * index);
    }

    static double uint32(ByteBuffer bytes, int index) {
      return Integer.toUnsignedLong(bytes.getInt(4 * index));
    }
  }

  private ConstantValue small(TensorProto tensor, List<Integer> sizes, int width, Bytes raw) {
    return whole(tensor, sizes, width, tensor.getInt32DataCount(), tensor::getInt32Data, raw);
  }

  private ConstantValue whole(
      TensorProto tensor,
      List<Integer> sizes,
      int width,
      int typed,
      IntToDoubleFunction element,
      Bytes raw) {
    IntToDoubleFunction at = elements(tensor, sizes, width, typed, element, raw);
    if (ConstantValue.count(sizes) > MOST_WHOLE) {
      throw new GraphException(
          "%s has too many integers: %,d".formatted(called(tensor), ConstantValue.count(sizes)));
    }
    double[] values = new double[(int) ConstantValue.count(sizes)];
    for (int i = 0; i < values.length; i++) {
      values[i] = at.applyAsDouble(i);
    }
    return ConstantValue.of(sizes, NumberType.INTEGER, values);
  }

  /** The usual encoding, and most of a file, so it is copied as a whole. */
  private ConstantValue float32(TensorProto tensor, List<Integer> sizes) {
    FloatBuffer values = raw(tensor, sizes, 4).asFloatBuffer();
    return values.hasRemaining()
        ? ConstantValue.of(Tensor.floats(new Shape(sizes), buffer -> buffer.put(values)))
        : ConstantValue.of(sizes, NumberType.REAL);
  }

  private ConstantValue real(
      TensorProto tensor,
      List<Integer> sizes,
      int width,
      int typed,
      IntToDoubleFunction element,
      Bytes raw) {
    IntToDoubleFunction at = elements(tensor, sizes, width, typed, element, raw);
    int count = (int) ConstantValue.count(sizes);
    if (count == 0) {
      return ConstantValue.of(sizes, NumberType.REAL);
    }
    return ConstantValue.of(
        Tensor.floats(
            new Shape(sizes),
            buffer -> {
              for (int i = 0; i < count; i++) {
                buffer.put((float) at.applyAsDouble(i));
              }
            }));
  }

  /** Checks that the number of elements matches the shape before anything is allocated. */
  private IntToDoubleFunction elements(
      TensorProto tensor,
      List<Integer> sizes,
      int width,
      int typed,
      IntToDoubleFunction element,
      Bytes raw) {
    if (isRaw(tensor)) {
      ByteBuffer bytes = raw(tensor, sizes, width);
      return i -> raw.at(bytes, i);
    }
    require(tensor, sizes, ConstantValue.count(sizes), typed, "numbers");
    return element;
  }

  private static boolean isRaw(TensorProto tensor) {
    return ExternalData.holds(tensor) || tensor.hasRawData();
  }

  /** Returns the bytes of the elements, exactly as many as the shape needs. */
  private ByteBuffer raw(TensorProto tensor, List<Integer> sizes, int width) {
    long length = ConstantValue.count(sizes) * width;
    ByteBuffer bytes =
        ExternalData.holds(tensor)
            ? external.bytes(tensor, length)
            : tensor.getRawData().asReadOnlyByteBuffer();
    require(tensor, sizes, length, bytes.remaining(), "bytes");
    return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void require(
      TensorProto tensor, List<Integer> sizes, long wanted, long there, String what) {
    if (wanted != there) {
      throw new GraphException(
          "%s of shape %s needs %,d %s, but has %,d"
              .formatted(called(tensor), sizes, wanted, what, there));
    }
  }

  private static List<Integer> sizes(TensorProto tensor) {
    return sizes(tensor.getName(), tensor.getDimsList());
  }

  static List<Integer> sizes(String tensor, List<Long> given) {
    for (long size : given) {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw new GraphException("%s has invalid shape %s".formatted(called(tensor), given));
      }
    }
    return given.stream().map(Long::intValue).toList();
  }

  private static String called(TensorProto tensor) {
    return called(tensor.getName());
  }

  private static String called(String name) {
    return name.isEmpty() ? "tensor" : "tensor '" + name + "'";
  }
}
