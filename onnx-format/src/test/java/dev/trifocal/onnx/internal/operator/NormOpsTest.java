package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.onnx.Attribute;
import org.junit.jupiter.api.Test;

class NormOpsTest {
  private static TinyModel model(int opset, long... sample) {
    return TinyModel.opset(opset)
        .input("x", sample)
        .reals("bn1.weight", new long[] {2}, 1, 2)
        .reals("b", new long[] {2}, 0, 10)
        .reals("m", new long[] {2}, 1, 1)
        .reals("v", new long[] {2}, 1, 4)
        .output("y");
  }

  @Test
  void batch_norm_keeps_what_onnx_forgets() {
    ImportedTestModel graph =
        model(15, 2, 1, 2)
            .node(
                "BatchNormalization",
                "x bn1.weight b m v",
                "y",
                Attribute.of("momentum", 0.9),
                Attribute.of("epsilon", 0.001))
            .graph();
    assertThat(graph.layer()).isEqualTo(new BatchNorm(0.001, 0.1));
    assertThat(graph.weights())
        .containsOnlyKeys("bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var");
  }

  @Test
  void batch_norm_of_lines() {
    ImportedTestModel graph =
        model(15, 2, 2).node("BatchNormalization", "x bn1.weight b m v", "y").graph();
    assertThat(graph.run(1, 2, 3, 5)).containsExactly(new float[] {0, 1, 12, 14}, offset(1e-3f));
  }

  @Test
  void batch_norm_of_channels_that_were_rows() {
    ImportedTestModel graph =
        model(15, 2, 2)
            .node("Transpose", "x", "t", Attribute.of("perm", 0, 2, 1))
            .node("BatchNormalization", "t bn1.weight b m v", "y")
            .graph();
    assertThat(graph.run(1, 3, 2, 5)).containsExactly(new float[] {0, 1, 12, 14}, offset(1e-3f));
  }

  @Test
  void training_mode_is_refused() {
    assertThat(
            model(15, 2, 1, 2)
                .node(
                    "BatchNormalization",
                    "x bn1.weight b m v",
                    "y",
                    Attribute.of("training_mode", 1))
                .obstacles())
        .containsExactly(
            "node 'y' (BatchNormalization): is in training mode; export the model in evaluation"
                + " mode");
  }

  @Test
  void instance_norm_is_group_norm_with_a_group_for_each_channel() {
    ImportedTestModel graph =
        model(13, 2, 1, 2).node("InstanceNormalization", "x bn1.weight b", "y").graph();
    assertThat(graph.layer()).isEqualTo(new GroupNorm(2, 1e-5));
  }

  @Test
  void group_norm_of_opset_18_has_a_scale_for_each_group() {
    ImportedTestModel old =
        TinyModel.opset(18)
            .input("x", 4, 2)
            .reals("s", new long[] {2}, 1, 2)
            .reals("b", new long[] {2}, 0, 10)
            .node("GroupNormalization", "x s b", "y", Attribute.of("num_groups", 2))
            .output("y")
            .graph();
    assertThat(old.weight("groupnorm.weight").toFloats()).containsExactly(1, 1, 2, 2);
    assertThat(old.weight("groupnorm.bias").toFloats()).containsExactly(0, 0, 10, 10);
  }

  @Test
  void group_norm_of_opset_21_has_a_scale_for_each_channel() {
    ImportedTestModel graph =
        TinyModel.opset(21)
            .input("x", 4, 2)
            .reals("s", new long[] {4}, 1, 2, 3, 4)
            .reals("b", new long[] {4}, 0, 0, 0, 0)
            .node("GroupNormalization", "x s b", "y", Attribute.of("num_groups", 2))
            .output("y")
            .graph();
    assertThat(graph.weight("groupnorm.weight").toFloats()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void layer_norm_over_the_last_axis_is_group_norm_of_rows() {
    ImportedTestModel graph =
        TinyModel.opset(17)
            .input("x", 3, 2)
            .reals("ln.weight", new long[] {2}, 1, 2)
            .reals("ln.bias", new long[] {2}, 0, 5)
            .node("LayerNormalization", "x ln.weight ln.bias", "y")
            .output("y")
            .graph();
    assertThat(graph.kinds()).contains("GroupNorm", "LearnableInput", "Multiply", "Add");
    assertThat(graph.run(1, 3, 30, 10, -2, 2))
        .containsExactly(new float[] {-1, 7, 1, 3, -1, 7}, offset(1e-3f));
  }

  private static TinyModel spelled(long axis, String squared) {
    return TinyModel.opset(13)
        .input("x", 2, 3)
        .number("two", 2)
        .number("epsilon", 1e-5)
        .node("ReduceMean", "x", "u", Attribute.of("axes", new long[] {axis}))
        .node("Sub", "x u", "d")
        .node("Relu", "x", "other")
        .node(squared.contains("two") ? "Pow" : "Mul", squared, "p")
        .node("ReduceMean", "p", "v", Attribute.of("axes", new long[] {axis}))
        .node("Add", "epsilon v", "e")
        .node("Sqrt", "e", "s")
        .node("Div", "d s", "y")
        .output("y");
  }

  @Test
  void a_layer_norm_spelled_out_is_group_norm_of_rows() {
    for (String squared : new String[] {"d two", "d d"}) {
      ImportedTestModel graph = spelled(-1, squared).graph();
      assertThat(graph.layer()).isEqualTo(new GroupNorm(2, 1e-5));
      assertThat(graph.run(1, 2, 3, 30, 10, 20))
          .containsExactly(new float[] {-1.2247f, 0, 1.2247f, 1.2247f, -1.2247f, 0}, offset(1e-3f));
    }
  }

  @Test
  void a_layer_norm_over_the_channels_is_one_between_transposes() {
    ImportedTestModel graph = spelled(1, "d two").graph();
    assertThat(graph.kinds()).containsExactly("Transpose", "GroupNorm", "Transpose");
    assertThat(graph.run(1, 5, 30, 3, 1, 10))
        .containsExactly(new float[] {-1, 1, 1, 1, -1, -1}, offset(1e-3f));
  }

  @Test
  void the_deviation_of_something_else_is_no_norm() {
    assertThat(spelled(-1, "other two").graph().kinds())
        .doesNotContain("GroupNorm")
        .endsWith("Sqrt", "Divide");
  }

  @Test
  void an_even_neighbourhood_is_refused() {
    assertThat(model(13, 2, 1, 2).node("LRN", "x", "y", Attribute.of("size", 4)).obstacles())
        .containsExactly("node 'y' (LRN): even size 4 is not supported");
  }
}
