package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import ai.onnxruntime.platform.Fp16Conversions;
import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Converts between host tensors and the element types of a file.
 *
 * @param file name used in messages
 * @param value name of the input or output
 */
record FileTensors(String file, String value) {
  /** Types that ONNX Runtime's Java library has no tensors of. */
  private static final Set<OnnxTensorType> UNSIGNED =
      EnumSet.of(
          OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16,
          OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32,
          OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64);

  /** The magnitude up to which float32 represents all integers exactly. */
  private static final double EXACT = 1 << 24;

  /**
   * Converts an input to the type of the file. One that has it already is not copied, and must
   * outlive the result.
   *
   * @throws DataException if a number cannot be represented in that type
   */
  OnnxTensor given(Tensor tensor, TensorInfo info) throws OrtException {
    OnnxJavaType type = info.type;
    if (UNSIGNED.contains(info.onnxType)) {
      throw new DataException(
          "%s: input '%s' is of unsigned integers of more than 8 bits, which ONNX Runtime does not take from Java"
              .formatted(file, value));
    }
    if (type == OnnxJavaType.FLOAT && tensor.type() == DataType.FLOAT32) {
      return OnnxSessions.tensor(tensor);
    }
    long[] shape = tensor.shape().toLongs();
    double[] values = values(tensor);
    int count = values.length;
    OrtEnvironment ort = OnnxSessions.environment();
    switch (type) {
      case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> {
        ByteBuffer real = buffer(count * type.size);
        write(real, type, values);
        return OnnxTensor.createTensor(ort, real, shape, type);
      }
      case INT8, UINT8, INT16, INT32, INT64, BOOL -> {
        ByteBuffer whole = buffer(count * type.size);
        Arrays.stream(values).forEach(v -> requireWhole(v, type));
        write(whole, type, values);
        return OnnxTensor.createTensor(ort, whole, shape, type);
      }
      default ->
          throw new DataException(
              "%s: input '%s' has unsupported type %s".formatted(file, value, type));
    }
  }

  /**
   * Converts an output to float32; whole numbers and doubles that float32 cannot represent stay
   * int64 and float64.
   *
   * @return the values; empty if the output is not a tensor of numbers
   */
  Optional<Tensor> host(OnnxValue output) {
    if (!(output instanceof OnnxTensor tensor)) {
      return Optional.empty();
    }
    TensorInfo info = tensor.getInfo();
    Shape shape = Shape.of(Arrays.stream(info.getShape()).mapToInt(Math::toIntExact).toArray());
    return switch (info.type) {
      case FLOAT, FLOAT16, BFLOAT16 ->
          Optional.of(Tensor.floats(shape, buffer -> buffer.put(tensor.getFloatBuffer())));
      case DOUBLE, INT8, UINT8, INT16, INT32, INT64, BOOL ->
          Optional.of(narrowed(shape, tensor.getByteBuffer().order(ByteOrder.nativeOrder()), info));
      default -> Optional.empty();
    };
  }

  private static Tensor narrowed(Shape shape, ByteBuffer bytes, TensorInfo info) {
    int start = bytes.position();
    int count = Math.toIntExact(shape.elements());
    boolean exact =
        IntStream.range(0, count).mapToDouble(i -> real(bytes, info)).allMatch(v -> fits(v, info));
    bytes.position(start);
    if (exact) {
      return Tensor.floats(
          shape,
          target -> IntStream.range(0, count).forEach(i -> target.put((float) real(bytes, info))));
    }
    return info.type == OnnxJavaType.DOUBLE
        ? Tensor.make(
            shape,
            DataType.FLOAT64,
            target -> IntStream.range(0, count).forEach(i -> target.putDouble(bytes.getDouble())))
        : Tensor.make(
            shape,
            DataType.INT64,
            target -> IntStream.range(0, count).forEach(i -> target.putLong(whole(bytes, info))));
  }

  /** Returns whether float32 can represent a number: whole ones exactly, others in its range. */
  private static boolean fits(double number, TensorInfo info) {
    return info.type == OnnxJavaType.DOUBLE
        ? Double.isFinite(number) == Float.isFinite((float) number)
        : Math.abs(number) <= EXACT;
  }

  private static double real(ByteBuffer bytes, TensorInfo info) {
    return info.type == OnnxJavaType.DOUBLE ? bytes.getDouble() : whole(bytes, info);
  }

  private static long whole(ByteBuffer bytes, TensorInfo info) {
    return switch (info.onnxType) {
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> bytes.getInt();
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> Integer.toUnsignedLong(bytes.getInt());
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> bytes.getShort();
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> Short.toUnsignedInt(bytes.getShort());
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> bytes.get();
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8, ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL ->
          bytes.get() & 0xFF;
      default -> bytes.getLong();
    };
  }

  private void requireWhole(double number, OnnxJavaType type) {
    int bits = 8 * type.size;
    boolean signed = type != OnnxJavaType.UINT8 && type != OnnxJavaType.BOOL;
    double lowest = signed ? -Math.pow(2, bits - 1) : 0;
    double highest = type == OnnxJavaType.BOOL ? 1 : Math.pow(2, signed ? bits - 1 : bits) - 1;
    if (number != Math.rint(number) || number < lowest || number > highest) {
      throw new DataException(
          "%s: input '%s' must be of type %s, but contains %s"
              .formatted(file, value, type, number));
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static void write(ByteBuffer target, OnnxJavaType type, double[] values) {
    DoubleConsumer put =
        switch (type) {
          case FLOAT -> v -> target.putFloat((float) v);
          case FLOAT16 -> v -> target.putShort(Fp16Conversions.floatToFp16((float) v));
          case BFLOAT16 -> v -> target.putShort(Fp16Conversions.floatToBf16((float) v));
          case DOUBLE -> target::putDouble;
          case INT64 -> v -> target.putLong((long) v);
          case INT32 -> v -> target.putInt((int) v);
          case INT16 -> v -> target.putShort((short) v);
          default -> v -> target.put((byte) (int) v);
        };
    Arrays.stream(values).forEach(put);
    target.clear();
  }

  private static double[] values(Tensor tensor) {
    ByteBuffer bytes = tensor.bytes();
    int count = (int) tensor.shape().elements();
    return IntStream.range(0, count)
        .mapToDouble(
            i ->
                switch (tensor.type()) {
                  case FLOAT32 -> bytes.getFloat();
                  case FLOAT64 -> bytes.getDouble();
                  case INT32 -> bytes.getInt();
                  case INT64 -> bytes.getLong();
                  case UINT8 -> bytes.get() & 0xFF;
                })
        .toArray();
  }
}
