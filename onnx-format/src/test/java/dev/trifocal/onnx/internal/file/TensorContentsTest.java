package dev.trifocal.onnx.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.trifocal.onnx.internal.operand.ConstantValue;
import dev.trifocal.onnx.internal.operand.NumberType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type in both ways in which a file can hold it. */
class TensorContentsTest {
  private final TensorContents contents =
      new TensorContents(new ExternalData(Path.of("model.onnx")));

  static Stream<Arguments> raw() {
    return Stream.of(
        raw(DataType.FLOAT, b -> b.putFloat(1.5f).putFloat(-0.25f), 1.5, -0.25),
        raw(DataType.DOUBLE, b -> b.putDouble(1.5).putDouble(0.1), 1.5, 0.1f),
        raw(DataType.FLOAT16, b -> b.putShort((short) 0x3c00).putShort((short) 0xc100), 1, -2.5),
        raw(DataType.FLOAT16, b -> b.putShort((short) 1).putShort((short) 0x7bff), 0x1p-24, 65504),
        raw(
            DataType.FLOAT16,
            b -> b.putShort((short) 0xfc00).putShort((short) 0x83ff),
            Double.NEGATIVE_INFINITY,
            -1023 * 0x1p-24),
        raw(DataType.BFLOAT16, b -> b.putShort((short) 0x3f80).putShort((short) 0xc040), 1, -3),
        raw(DataType.INT64, b -> b.putLong(-7).putLong(1L << 40), -7, 1L << 40),
        raw(DataType.UINT64, b -> b.putLong(7).putLong(8), 7, 8),
        raw(DataType.INT32, b -> b.putInt(-7).putInt(8), -7, 8),
        raw(DataType.UINT32, b -> b.putInt(-1).putInt(8), 4294967295.0, 8),
        raw(DataType.INT16, b -> b.putShort((short) -7).putShort((short) 8), -7, 8),
        raw(DataType.UINT16, b -> b.putShort((short) -1).putShort((short) 8), 65535, 8),
        raw(DataType.INT8, b -> b.put((byte) -128).put((byte) 8), -128, 8),
        raw(DataType.UINT8, b -> b.put((byte) -1).put((byte) 8), 255, 8),
        raw(DataType.BOOL, b -> b.put((byte) 1).put((byte) 0), 1, 0));
  }

  @ParameterizedTest
  @MethodSource("raw")
  void raw_bytes_are_little_endian(DataType type, byte[] bytes, double first, double second) {
    ConstantValue read = contents.of(pair(type).setRawData(ByteString.copyFrom(bytes)).build());
    assertThat(read.values()).containsExactly(first, second);
  }

  static Stream<Arguments> typed() {
    return Stream.of(
        typed(DataType.FLOAT, t -> t.addFloatData(1.5f).addFloatData(-0.25f), 1.5, -0.25),
        typed(DataType.DOUBLE, t -> t.addDoubleData(1.5).addDoubleData(0.1), 1.5, 0.1f),
        typed(DataType.FLOAT16, t -> t.addInt32Data(0x3c00).addInt32Data(0xc100), 1, -2.5),
        typed(DataType.BFLOAT16, t -> t.addInt32Data(0x3f80).addInt32Data(0xc040), 1, -3),
        typed(DataType.INT64, t -> t.addInt64Data(-7).addInt64Data(1L << 40), -7, 1L << 40),
        typed(DataType.UINT64, t -> t.addUint64Data(7).addUint64Data(8), 7, 8),
        typed(DataType.UINT32, t -> t.addUint64Data(4294967295L).addUint64Data(8), 4294967295.0, 8),
        typed(DataType.INT32, t -> t.addInt32Data(-7).addInt32Data(8), -7, 8),
        typed(DataType.INT8, t -> t.addInt32Data(-128).addInt32Data(8), -128, 8),
        typed(DataType.UINT8, t -> t.addInt32Data(255).addInt32Data(8), 255, 8),
        typed(DataType.BOOL, t -> t.addInt32Data(1).addInt32Data(0), 1, 0));
  }

  @ParameterizedTest
  @MethodSource("typed")
  void fields_by_type_are_read(
      DataType type, Consumer<TensorProto.Builder> filler, double first, double second) {
    TensorProto.Builder tensor = pair(type);
    filler.accept(tensor);
    assertThat(contents.of(tensor.build()).values()).containsExactly(first, second);
  }

  @Test
  void a_tensor_knows_what_kind_of_numbers_it_has() {
    assertThat(kind(DataType.FLOAT16, 4)).isEqualTo(NumberType.REAL);
    assertThat(kind(DataType.INT8, 2)).isEqualTo(NumberType.INTEGER);
    assertThat(kind(DataType.BOOL, 2)).isEqualTo(NumberType.BOOLEAN);
  }

  @Test
  void a_tensor_can_be_one_number_or_none() {
    TensorProto.Builder one = TensorProto.newBuilder().setDataType(DataType.FLOAT_VALUE);
    assertThat(contents.of(one.addFloatData(3).build()).single()).isEqualTo(3);
    TensorProto.Builder none = TensorProto.newBuilder().setDataType(DataType.FLOAT_VALUE);
    assertThat(contents.of(none.addDims(0).addDims(5).build()).count()).isZero();
  }

  private NumberType kind(DataType type, int bytes) {
    return contents.of(pair(type).setRawData(ByteString.copyFrom(new byte[bytes])).build()).type();
  }

  private static TensorProto.Builder pair(DataType type) {
    return TensorProto.newBuilder().setName("w").setDataType(type.getNumber()).addDims(2);
  }

  private static Arguments raw(
      DataType type, Consumer<ByteBuffer> filler, double first, double second) {
    ByteBuffer buffer = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    filler.accept(buffer);
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return arguments(type, bytes, first, second);
  }

  private static Arguments typed(
      DataType type, Consumer<TensorProto.Builder> filler, double first, double second) {
    return arguments(type, filler, first, second);
  }
}
