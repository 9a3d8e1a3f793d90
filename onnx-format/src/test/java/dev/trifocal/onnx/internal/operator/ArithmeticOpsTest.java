package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.Affine;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.Attribute;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArithmeticOpsTest {
  private static TinyModel image() {
    return TinyModel.opset(13).input("x", 2, 1, 2);
  }

  @Test
  void scale_and_shift_in_four_nodes_are_one_affine_layer() {
    ImportedTestModel graph =
        image()
            .number("range", 255)
            .reals("mean", new long[] {1, 2, 1, 1}, 0.5f, 0.25f)
            .reals("deviation", new long[] {2, 1, 1}, 0.5f, 0.25f)
            .node("Div", "x range", "a")
            .node("Sub", "a mean", "b")
            .node("Div", "b deviation", "c")
            .node("Neg", "c", "y")
            .output("y")
            .graph();
    assertThat(graph.layer()).isEqualTo(new Affine(List.of(-2 / 255f, -4 / 255f), List.of(1f, 1f)));
  }

  @Test
  void what_scales_by_one_is_nothing() {
    ImportedTestModel graph =
        image()
            .number("one", 1)
            .node("Mul", "one x", "a")
            .node("Relu", "a", "y")
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("Relu");
  }

  @Test
  void a_constant_less_data_is_affine_too() {
    ImportedTestModel graph =
        image().number("one", 1).node("Sub", "one x", "y").output("y").graph();
    assertThat(graph.layer()).isEqualTo(new Affine(List.of(-1f, -1f), List.of(1f, 1f)));
  }

  @Test
  void a_number_for_each_pixel_is_learned() {
    ImportedTestModel graph =
        image().counting("position", 2, 1, 2).node("Add", "x position", "y").output("y").graph();
    assertThat(graph.kinds()).containsExactly("LearnableInput", "Add");
    assertThat(graph.weights()).containsOnlyKeys("position.weight");
    assertThat(graph.run(1, 2, 3, 4)).containsExactly(1.1f, 2.2f, 3.3f, 4.4f);
  }

  @Test
  void dividing_by_a_number_for_each_pixel_multiplies_with_what_is_learned() {
    ImportedTestModel graph =
        image()
            .reals("d", new long[] {2, 1, 2}, 1, 2, 4, 8)
            .node("Div", "x d", "y")
            .output("y")
            .graph();
    assertThat(graph.run(8, 8, 8, 8)).containsExactly(8, 4, 2, 1);
  }

  @Test
  void before_opset_7_an_attribute_says_with_which_axis_a_constant_begins() {
    ImportedTestModel graph =
        TinyModel.opset(6)
            .input("x", 2, 1, 2)
            .reals("b", new long[] {2}, 10, 20)
            .node("Add", "x b", "y", Attribute.of("broadcast", 1), Attribute.of("axis", 1))
            .output("y")
            .graph();
    assertThat(graph.run(1, 2, 3, 4)).containsExactly(11, 12, 23, 24);
  }

  @Test
  void since_opset_7_a_constant_meets_the_last_axes() {
    ImportedTestModel graph =
        TinyModel.opset(7)
            .input("x", 2, 1, 2)
            .reals("b", new long[] {2}, 10, 20)
            .node("Add", "x b", "y")
            .output("y")
            .graph();
    assertThat(graph.run(1, 2, 3, 4)).containsExactly(11, 22, 13, 24);
  }

  @Test
  void a_difference_of_data_adds_the_negative() {
    ImportedTestModel graph =
        image().node("Relu", "x", "r").node("Sub", "x r", "y").output("y").graph();
    assertThat(graph.run(-1, 2, -3, 4)).containsExactly(-1, 0, -3, 0);
  }

  @Test
  void a_quotient_of_data_divides() {
    ImportedTestModel graph =
        image().node("Exp", "x", "e").node("Div", "x e", "y").output("y").graph();
    assertThat(graph.kinds()).containsExactly("Exp", "Divide");
    assertThat(graph.run(0, 1, -1, 2))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(0, (float) Math.exp(-1), (float) -Math.E, (float) (2 * Math.exp(-2)));
  }

  @Test
  void a_constant_divided_by_data_is_the_inverse_scaled() {
    ImportedTestModel graph =
        image().number("three", 3).node("Div", "three x", "y").output("y").graph();
    assertThat(graph.kinds()).containsExactly("Power", "Affine");
    assertThat(graph.run(1, 2, -3, 4)).containsExactly(3, 1.5f, -1, 0.75f);
  }

  @Test
  void the_inverse_is_a_power() {
    ImportedTestModel graph = image().node("Reciprocal", "x", "y").output("y").graph();
    assertThat(graph.layer()).isEqualTo(Layer.power(-1));
    assertThat(graph.run(1, 2, -4, 5)).containsExactly(1, 0.5f, -0.25f, 0.2f);
  }

  @Test
  void one_number_per_sample_is_scaled_and_shifted_as_it_is() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x")
            .number("two", 2)
            .number("one", 1)
            .node("Mul", "x two", "a")
            .node("Sub", "one a", "y")
            .output("y")
            .graph();
    assertThat(graph.layer()).isEqualTo(new Affine(List.of(-2f), List.of(1f)));
    assertThat(graph.runBatch(3, 1, 2, 3)).containsExactly(-1, -3, -5);
  }

  @Test
  void a_sum_reads_data_and_constants() {
    ImportedTestModel graph =
        image().number("c", 5).node("Relu", "x", "r").node("Sum", "c x r", "y").output("y").graph();
    assertThat(graph.run(-1, 2, -3, 4)).containsExactly(4, 9, 2, 13);
  }

  @Test
  void a_mean_is_a_scaled_sum() {
    ImportedTestModel graph =
        image().node("Relu", "x", "r").node("Mean", "x r", "y").output("y").graph();
    assertThat(graph.run(-1, 2, -3, 4)).containsExactly(-0.5f, 2, -1.5f, 4);
  }

  @Test
  void whole_powers_are_what_they_say() {
    for (int exponent = 1; exponent <= 4; exponent++) {
      ImportedTestModel graph =
          image()
              .number("e", exponent)
              .node("Pow", "x e", "p")
              .node("Relu", "p", "y")
              .output("y")
              .graph();
      assertThat(graph.run(1, 2, 3, 1)[1]).isEqualTo((float) Math.pow(2, exponent));
    }
  }

  @Test
  void a_power_is_a_layer_and_a_square_is_a_product() {
    assertThat(image().number("e", 0.1).node("Pow", "x e", "y").output("y").graph().layer())
        .isEqualTo(Layer.power(0.1));
    assertThat(image().number("e", 2).node("Pow", "x e", "y").output("y").graph().kinds())
        .containsExactly("Multiply");
  }

  @Test
  void a_power_of_data_to_data_is_refused() {
    assertThat(image().node("Exp", "x", "e").node("Pow", "x e", "y").output("y").obstacles())
        .singleElement()
        .asString()
        .startsWith(
            "node 'y' (Pow): input 1 (e) depends on the graph's input, but must be constant");
  }

  @Test
  void a_constant_with_a_batch_of_its_own_is_refused() {
    assertThat(image().counting("c", 3, 2, 1, 2).node("Add", "x c", "y").output("y").obstacles())
        .singleElement()
        .asString()
        .endsWith("which has its own batch axis");
  }
}
