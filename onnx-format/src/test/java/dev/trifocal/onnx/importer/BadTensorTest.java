package dev.trifocal.onnx.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No tensor's sizes are believed before its numbers have been counted. */
class BadTensorTest {
  @Test
  void raw_bytes_have_to_be_as_many_as_the_sizes_say() {
    BadGraphTest.refused(
        added(raw(DataType.FLOAT, 11, 3)), "tensor 'w' of shape [3] needs 12 bytes, but has 11");
  }

  @Test
  void numbers_have_to_be_as_many_as_the_sizes_say() {
    TestModelBuilder sketch =
        TestModelBuilder.plain().floats("w", List.of(2L, 2L), 1, 2, 3).node("Add", "x w", "y");
    BadGraphTest.refused(sketch, "tensor 'w' of shape [2, 2] needs 4 numbers, but has 3");
  }

  @ParameterizedTest
  @CsvSource({"-1", "-9223372036854775808", "2147483648", "9223372036854775807"})
  void sizes_that_cannot_be_are_refused(long size) {
    BadGraphTest.refused(
        added(raw(DataType.FLOAT, 4, 1, size)),
        "tensor 'w' has invalid shape [1, %d]".formatted(size));
  }

  @Test
  void sizes_that_together_cannot_be_are_refused_before_there_is_room_for_them() {
    long huge = Integer.MAX_VALUE;
    BadGraphTest.refused(
        added(raw(DataType.FLOAT, 4, huge, huge)),
        "constant has invalid shape [2147483647, 2147483647]");
    BadGraphTest.refused(
        added(raw(DataType.FLOAT, 4, huge)),
        "tensor 'w' of shape [2147483647] needs 8,589,934,588 bytes, but has 4");
    BadGraphTest.refused(
        added(raw(DataType.INT8, 4, huge)),
        "tensor 'w' of shape [2147483647] needs 2,147,483,647 bytes, but has 4");
    BadGraphTest.refused(
        added(raw(DataType.FLOAT, 4, new long[65])), "constant of 65 axes is not supported");
  }

  @Test
  void text_and_types_that_are_not_known_stand_in_the_way_only_of_who_needs_them() {
    TensorProto text =
        TensorProto.newBuilder().setName("w").setDataType(DataType.STRING_VALUE).build();
    assertThat(added(text).obstacles())
        .containsExactly("node 'w' (initializer): has unsupported type STRING");
    assertThat(TestModelBuilder.plain().initializer(text).node("Relu", "x", "y").layers())
        .containsExactly("Relu");
    assertThat(added(raw(DataType.FLOAT, 4, 1).toBuilder().setDataType(99).build()).obstacles())
        .containsExactly("node 'w' (initializer): has unsupported type 99");
  }

  @Test
  void a_damaged_constant_is_reported_at_its_node() {
    TestModelBuilder sketch =
        TestModelBuilder.plain()
            .node(
                "Constant",
                "",
                "c",
                AttributeProto.newBuilder()
                    .setName("value")
                    .setT(raw(DataType.FLOAT, 4, 7).toBuilder().clearName())
                    .build())
            .node("Add", "x c", "y");
    assertThat(sketch.obstacles())
        .containsExactly(
            "node 'Constant_c' (Constant): tensor of shape [7] needs 28 bytes, but has 4");
  }

  @Test
  void initializers_can_be_inputs_too() {
    TestModelBuilder sketch = TestModelBuilder.plain().floats("w", List.of(1L), 5).input("w", 1);
    ImportedGraph read = sketch.node("Mul", "x w", "y").imported();
    assertThat(read.facts().inputs()).extracting(FileValue::name).containsExactly("x");
  }

  @Test
  void sparse_tensors_become_whole_ones() {
    TestModelBuilder sketch = TestModelBuilder.plain().node("Mul", "x w", "y");
    sketch.graph().addSparseInitializer(sparse(List.of(2L, 1L, 1L), 1));
    assertThat(sketch.layers()).containsExactly("Affine");
    TestModelBuilder placed = TestModelBuilder.plain().node("Mul", "x w", "y");
    placed
        .graph()
        .addSparseInitializer(
            sparse(List.of(2L, 1L, 1L), 1).toBuilder()
                .setIndices(
                    TestModelBuilder.tensor("", 1, 0, 0).toBuilder()
                        .clearDims()
                        .addDims(1)
                        .addDims(3)));
    assertThat(placed.imported().graph()).isEqualTo(sketch.imported().graph());
  }

  @Test
  void sparse_tensors_are_checked_before_there_is_room_for_them() {
    refusedSparse(
        sparse(List.of(2L), 2), "sparse tensor 'w' has a value at index 2, outside its shape [2]");
    refusedSparse(
        sparse(List.of(2L), -1),
        "sparse tensor 'w' has a value at index -1, outside its shape [2]");
    refusedSparse(
        sparse(List.of(2L, 2L), 1, 2, 3),
        "sparse tensor 'w' has 1 values, but indices of shape [3]");
    refusedSparse(
        sparse(List.of(1L << 30), 1),
        "produces 1,073,741,824 numbers, too many for a file of this size");
  }

  private static void refusedSparse(SparseTensorProto tensor, String message) {
    TestModelBuilder sketch = TestModelBuilder.plain().node("Mul", "x w", "y");
    sketch.graph().addSparseInitializer(tensor);
    assertThatThrownBy(sketch::read).hasMessage("model.onnx: " + message);
  }

  /** One value, 5. */
  private static SparseTensorProto sparse(List<Long> sizes, long... places) {
    return SparseTensorProto.newBuilder()
        .addAllDims(sizes)
        .setIndices(TestModelBuilder.tensor("", places))
        .setValues(
            TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT_VALUE)
                .addDims(1)
                .addFloatData(5))
        .build();
  }

  private static TestModelBuilder added(TensorProto tensor) {
    return TestModelBuilder.plain().initializer(tensor).node("Add", "x w", "y");
  }

  private static TensorProto raw(DataType type, int bytes, long... sizes) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(new byte[bytes]));
    for (long size : sizes) {
      tensor.addDims(size);
    }
    return tensor.build();
  }
}
