package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.trifocal.layer.Activation;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.ActivationFunction.Clip;
import dev.trifocal.layer.ActivationFunction.Relu;
import dev.trifocal.onnx.Attribute;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationOpsTest {
  private static TinyModel model(int opset) {
    return TinyModel.opset(opset).input("x", 4).output("y");
  }

  private static Activation activation(ActivationFunction function) {
    return new Activation(function);
  }

  private static float[] of(String operator, AttributeProto... attributes) {
    return model(20).node(operator, "x", "y", attributes).graph().run(-2, -0.5f, 0.5f, 2);
  }

  @Test
  void clip_reads_its_bounds_from_attributes_before_opset_11() {
    assertThat(
            model(10)
                .node("Clip", "x", "y", Attribute.of("min", 0.0), Attribute.of("max", 6.0))
                .graph()
                .layer())
        .isEqualTo(activation(new Clip(0, 6)));
  }

  @Test
  void clip_reads_its_bounds_from_inputs_since_opset_11() {
    assertThat(model(11).number("a", 0).number("b", 6).node("Clip", "x a b", "y").graph().layer())
        .isEqualTo(activation(new Clip(0, 6)));
  }

  @Test
  void a_clip_from_zero_up_is_relu() {
    assertThat(model(13).number("a", 0).node("Clip", "x a", "y").graph().layer())
        .isEqualTo(activation(new Relu()));
  }

  @Test
  void a_clip_without_a_lower_bound() {
    assertThat(model(13).number("b", 6).node("Clip", "x - b", "y").graph().run(-9, 0, 6, 7))
        .containsExactly(-9, 0, 6, 6);
  }

  @Test
  void a_clip_without_bounds_is_nothing() {
    assertThat(model(13).node("Clip", "x", "c").node("Relu", "c", "y").graph().kinds())
        .containsExactly("Relu");
  }

  @Test
  void relu_and_a_minimum_are_one_clip() {
    assertThat(
            model(13)
                .number("six", 6)
                .node("Relu", "x", "r")
                .node("Min", "six r", "y")
                .graph()
                .layer())
        .isEqualTo(activation(new Clip(0, 6)));
  }

  @Test
  void bounds_that_exclude_one_another_stay_two() {
    assertThat(
            model(13)
                .number("one", 1)
                .number("zero", 0)
                .node("Max", "x one", "r")
                .node("Min", "r zero", "y")
                .graph()
                .run(-5, 0, 1, 2))
        .containsOnly(0);
  }

  @Test
  void the_larger_and_the_smaller_one_of_data() {
    TinyModel halves = model(13).number("half", 0.5).node("Mul", "x half", "h");
    assertThat(halves.node("Max", "x h", "y").graph().run(-4, -2, 2, 4))
        .containsExactly(-2, -1, 2, 4);
    TinyModel again = model(13).number("half", 0.5).node("Mul", "x half", "h");
    assertThat(again.node("Min", "h x", "y").graph().run(-4, -2, 2, 4))
        .containsExactly(-4, -2, 1, 2);
  }

  @Test
  void a_hard_sigmoid_of_other_slope_is_affine_and_clip() {
    ImportedTestModel graph = model(13).node("HardSigmoid", "x", "y").graph();
    assertThat(graph.kinds()).containsExactly("Affine", "Clip");
    assertThat(graph.run(-10, 0, 1, 10)).containsExactly(0, 0.5f, 0.7f, 1);
  }

  @Test
  void one_slope_or_one_per_channel_is_prelu() {
    TinyModel model = TinyModel.opset(13).input("x", 2, 1, 2).counting("p.weight", 2, 1, 1);
    ImportedTestModel graph = model.node("PRelu", "x p.weight", "y").output("y").graph();
    assertThat(graph.kinds()).containsExactly("PRelu");
    assertThat(graph.run(-1, 1, -1, 1)).containsExactly(-0.1f, 1, -0.2f, 1);
  }

  @Test
  void a_slope_for_each_element_is_composed() {
    TinyModel model = TinyModel.opset(13).input("x", 2, 1, 2).counting("p.weight", 2, 1, 2);
    ImportedTestModel graph = model.node("PRelu", "x p.weight", "y").output("y").graph();
    assertThat(graph.weights()).containsOnlyKeys("p.weight");
    assertThat(graph.run(-1, 1, -1, -10)).containsExactly(-0.1f, 1, -0.3f, -4);
  }

  @Test
  void before_opset_7_slopes_belong_to_channels() {
    TinyModel model = TinyModel.opset(6).input("x", 2, 1, 2).counting("p.weight", 2);
    ImportedTestModel graph = model.node("PRelu", "x p.weight", "y").output("y").graph();
    assertThat(graph.run(-1, 1, -1, 1)).containsExactly(-0.1f, 1, -0.2f, 1);
  }

  @Test
  void functions_that_layers_compose() {
    assertThat(of("Abs")).containsExactly(2, 0.5f, 0.5f, 2);
    assertThat(of("Shrink", Attribute.of("lambd", 1.0), Attribute.of("bias", 1.0)))
        .containsExactly(-1, 0, 0, 1);
    assertThat(of("Celu", Attribute.of("alpha", 2.0)))
        .containsExactly(
            new float[] {(float) (2 * Math.expm1(-1)), (float) (2 * Math.expm1(-0.25)), 0.5f, 2},
            offset(1e-6f));
    assertThat(of("Gelu", Attribute.of("approximate", "tanh")))
        .containsExactly(new float[] {-0.045402f, -0.154286f, 0.345714f, 1.954598f}, offset(1e-5f));
    assertThat(of("Selu", Attribute.of("alpha", 2.0), Attribute.of("gamma", 3.0)))
        .containsExactly(
            new float[] {(float) (6 * Math.expm1(-2)), (float) (6 * Math.expm1(-0.5)), 1.5f, 6},
            offset(1e-5f));
  }

  @Test
  void selu_with_the_paper_s_constants_is_selu() {
    assertThat(model(13).node("Selu", "x", "y").graph().layer())
        .isEqualTo(activation(new ActivationFunction.Selu()));
  }

  @Test
  void a_shrink_that_jumps_is_refused() {
    assertThat(model(13).node("Shrink", "x", "y").obstacles())
        .isEqualTo(List.of("node 'y' (Shrink): lambd 0.5 with bias 0.0 is not supported"));
  }

  @Test
  void functions_of_data_without_axes() {
    ImportedTestModel graph =
        model(13)
            .longs("axes", 1)
            .number("two", 2)
            .node("ReduceSum", "x axes", "s", Attribute.of("keepdims", 0))
            .node("Mul", "s two", "m")
            .node("Neg", "m", "y")
            .graph();
    assertThat(graph.run(1, 2, 3, 4)).containsExactly(-20);
  }
}
