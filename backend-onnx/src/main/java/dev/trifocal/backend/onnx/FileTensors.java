package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import dev.trifocal.error.DataException;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Between the types of the host and those of a file.
 *
 * @param file for messages
 * @param value the name of the input or output
 */
record FileTensors(String file, String value) {
  /** Beyond this, float32 no longer tells whole numbers apart. */
  private static final double EXACT = 1 << 24;

  /**
   * @throws DataException if a number is none of the file's type
   */
  OnnxTensor given(Tensor tensor, OnnxJavaType type) throws OrtException {
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
      case INT8, UINT8, INT16, INT32, INT64 -> {
        ByteBuffer whole = buffer(count * type.size);
        Arrays.stream(values).forEach(v -> requireWhole(v, type));
        write(whole, type, values);
        return OnnxTensor.createTensor(ort, whole, shape, type);
      }
      default ->
          throw new DataException("%s: input '%s' is of type %s".formatted(file, value, type));
    }
  }

  /**
   * As float32.
   *
   * @throws DataException if the output is no tensor of numbers, or float32 cannot hold them
   */
  Tensor host(OnnxValue output) {
    if (!(output instanceof OnnxTensor tensor)) {
      throw new DataException("%s: output '%s' is no tensor".formatted(file, value));
    }
    OnnxJavaType type = tensor.getInfo().type;
    Shape shape =
        Shape.of(Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray());
    return switch (type) {
      case FLOAT, FLOAT16, BFLOAT16 ->
          Tensor.floats(shape, buffer -> buffer.put(tensor.getFloatBuffer()));
      case DOUBLE, INT8, UINT8, INT16, INT32, INT64, BOOL ->
          floats(shape, tensor.getByteBuffer().order(ByteOrder.nativeOrder()), type);
      default ->
          throw new DataException("%s: output '%s' is of type %s".formatted(file, value, type));
    };
  }

  private Tensor floats(Shape shape, ByteBuffer bytes, OnnxJavaType type) {
    return Tensor.floats(
        shape,
        target -> {
          while (target.hasRemaining()) {
            double number = read(bytes, type);
            if (type == OnnxJavaType.INT64 && Math.abs(number) > EXACT) {
              throw new DataException(
                  "%s: output '%s' has %.0f, which is no float32".formatted(file, value, number));
            }
            target.put((float) number);
          }
        });
  }

  private void requireWhole(double number, OnnxJavaType type) {
    int bits = 8 * type.size;
    boolean signed = type != OnnxJavaType.UINT8;
    double lowest = signed ? -Math.pow(2, bits - 1) : 0;
    double highest = Math.pow(2, signed ? bits - 1 : bits) - 1;
    if (number != Math.rint(number) || number < lowest || number > highest) {
      throw new DataException(
          "%s: input '%s' is of type %s, but has %s".formatted(file, value, type, number));
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

  private static double read(ByteBuffer bytes, OnnxJavaType type) {
    return switch (type) {
      case DOUBLE -> bytes.getDouble();
      case INT64 -> bytes.getLong();
      case INT32 -> bytes.getInt();
      case INT16 -> bytes.getShort();
      case UINT8, BOOL -> bytes.get() & 0xFF;
      default -> bytes.get();
    };
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
