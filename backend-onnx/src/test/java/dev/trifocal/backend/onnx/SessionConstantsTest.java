package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A session takes memory for constants that it computes, and for packed matrices")
class SessionConstantsTest {
  @Test
  void weightsThatItReadsWhereTheyLieTakeNone() {
    GraphProto graph =
        GraphProto.newBuilder()
            .addInitializer(constant("conv.weight", 64, 64, 3, 3))
            .addInitializer(constant("reordered", 64, 32, 3, 3))
            .build();
    assertThat(SessionConstants.bytes(graph, Set.of("conv.weight"))).isEqualTo(4L * 64 * 32 * 9);
  }

  @Test
  void constantsWithinTheModelAreSmall() {
    TensorProto within = constant("axes", 1000).toBuilder().clearDataLocation().build();
    assertThat(SessionConstants.bytes(graph(within).build(), Set.of())).isZero();
  }

  @Test
  void matricesArePackedInColumnsOfSixteen() {
    TensorProto matrix = constant("fc.weight", 10, 400);
    NodeProto product = product("Gemm", "fc.weight");
    assertThat(bytes(matrix, product)).isEqualTo(4L * 10 * 400);
    assertThat(bytes(matrix, transposed(product))).isEqualTo(4L * 16 * 400);
    assertThat(bytes(matrix, product("MatMul", "fc.weight"))).isEqualTo(4L * 10 * 400);
  }

  @Test
  void otherOperandsAreNotPacked() {
    TensorProto matrix = constant("fc.weight", 16, 400);
    assertThat(bytes(matrix, product("Gemm", "computed"))).isZero();
    assertThat(bytes(matrix, product("Add", "fc.weight"))).isZero();
    assertThat(bytes(constant("fc.weight", 2, 16, 400), product("MatMul", "fc.weight"))).isZero();
  }

  private static long bytes(TensorProto weight, NodeProto node) {
    return SessionConstants.bytes(graph(weight).addNode(node).build(), Set.of(weight.getName()));
  }

  private static GraphProto.Builder graph(TensorProto constant) {
    return GraphProto.newBuilder().addInitializer(constant);
  }

  private static TensorProto constant(String name, long... sizes) {
    TensorProto.Builder result =
        TensorProto.newBuilder().setName(name).setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (long size : sizes) {
      result.addDims(size);
    }
    return result.build();
  }

  private static NodeProto product(String operator, String weight) {
    return NodeProto.newBuilder().setOpType(operator).addInput("x").addInput(weight).build();
  }

  private static NodeProto transposed(NodeProto product) {
    return product.toBuilder()
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("transB")
                .setType(AttributeProto.AttributeType.INT)
                .setI(1))
        .build();
  }
}
