package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.onnx.Attribute;
import dev.trifocal.shape.Shape;
import org.junit.jupiter.api.Test;

class MatMulOpsTest {
  private static final float[] WEIGHTS = {1, 2, 3, 4, 5, 6};

  private static TinyModel vector() {
    return TinyModel.opset(13).input("x", 2).reals("fc.weight", new long[] {2, 3}, WEIGHTS);
  }

  @Test
  void gemm_is_dense_whichever_way_its_weights_lie() {
    ImportedTestModel plain = vector().node("Gemm", "x fc.weight", "y").output("y").graph();
    ImportedTestModel exchanged =
        TinyModel.opset(13)
            .input("x", 2)
            .reals("fc.weight", new long[] {3, 2}, 1, 4, 2, 5, 3, 6)
            .node("Gemm", "x fc.weight", "y", Attribute.of("transB", 1))
            .output("y")
            .graph();
    assertThat(plain.weights()).containsEntry("fc.weight", Shape.of(3, 2));
    assertThat(plain.run(1, 10)).containsExactly(41, 52, 63);
    assertThat(exchanged.run(1, 10)).containsExactly(41, 52, 63);
  }

  @Test
  void alpha_and_beta_are_multiplied_into_weights_and_bias() {
    ImportedTestModel graph =
        vector()
            .number("c", 10)
            .node(
                "Gemm", "x fc.weight c", "y", Attribute.of("alpha", 2.0), Attribute.of("beta", 0.5))
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("Dense");
    assertThat(graph.run(1, 10)).containsExactly(87, 109, 131);
  }

  @Test
  void a_matrix_product_and_a_sum_are_dense() {
    ImportedTestModel graph =
        vector()
            .counting("b", 3)
            .node("MatMul", "x fc.weight", "m")
            .node("Add", "b m", "y")
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("Dense");
    assertThat(graph.weights()).containsOnlyKeys("fc.weight", "fc.bias");
    assertThat(graph.run(1, 10)).containsExactly(41.1f, 52.2f, 63.3f);
  }

  @Test
  void rows_of_a_sample_share_the_weights() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 2, 1, 2)
            .reals("w", new long[] {2, 3}, WEIGHTS)
            .node("MatMul", "x w", "y")
            .output("y")
            .graph();
    assertThat(graph.shape()).isEqualTo(Shape.of(2, 1, 3));
    assertThat(graph.run(1, 10, 10, 1)).containsExactly(41, 52, 63, 14, 25, 36);
  }

  @Test
  void a_constant_with_more_axes_than_the_data_is_refused() {
    assertThat(
            TinyModel.opset(13)
                .input("x", 2)
                .reals("w", new long[] {1, 2, 3}, WEIGHTS)
                .node("MatMul", "x w", "y")
                .output("y")
                .obstacles())
        .containsExactly(
            "node 'y' (MatMul): combines samples of shape [2] with a constant of shape [1, 2, 3], which"
                + " adds an axis before the batch");
  }

  @Test
  void a_constant_can_stand_first() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 2, 1)
            .reals("w", new long[] {1, 1, 2}, 1, 10)
            .node("MatMul", "w x", "y")
            .output("y")
            .graph();
    assertThat(graph.run(3, 4)).containsExactly(43);
  }

  @Test
  void matrices_of_data_are_multiplied_sample_by_sample() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 2, 2)
            .node("Transpose", "x", "t", Attribute.of("perm", 0, 2, 1))
            .node("MatMul", "x t", "y")
            .output("y")
            .graph();
    assertThat(graph.run(1, 2, 3, 4)).containsExactly(5, 11, 11, 25);
  }

  @Test
  void a_product_across_the_batch_is_refused() {
    assertThat(
            vector()
                .node("Gemm", "x fc.weight", "y", Attribute.of("transA", 1))
                .output("y")
                .obstacles())
        .containsExactly(
            "node 'y' (Gemm): transA is not supported, because it swaps batch and features");
  }
}
