package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Padding;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.shape.Shape;
import org.junit.jupiter.api.Test;

class ConvolutionOpsTest {
  private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  private static TinyModel model() {
    return TinyModel.opset(13)
        .input("x", 1, 3, 3)
        .reals("conv1.weight", new long[] {1, 1, 2, 2}, 1, 1, 1, 1);
  }

  @Test
  void a_convolution_is_named_after_its_weight() {
    ImportedTestModel graph = model().node("Conv", "x conv1.weight", "y").output("y").graph();
    assertThat(graph.weights()).containsOnlyKeys("conv1.weight");
    assertThat(graph.run(IMAGE)).containsExactly(12, 16, 24, 28);
  }

  @Test
  void the_third_input_is_its_bias() {
    ImportedTestModel graph =
        model()
            .reals("b", new long[] {1}, 100)
            .node("Conv", "x conv1.weight b", "y")
            .output("y")
            .graph();
    assertThat(graph.weights()).containsOnlyKeys("conv1.weight", "conv1.bias");
    assertThat(graph.run(IMAGE)).containsExactly(112, 116, 124, 128);
  }

  @Test
  void a_constant_per_channel_that_is_added_becomes_its_bias() {
    ImportedTestModel graph =
        model()
            .reals("b", new long[] {1, 1, 1}, 100)
            .node("Conv", "x conv1.weight", "c")
            .node("Add", "b c", "y")
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("Conv2d");
    assertThat(graph.run(IMAGE)).containsExactly(112, 116, 124, 128);
  }

  @Test
  void a_sum_stays_beside_a_convolution_that_others_read() {
    ImportedTestModel graph =
        model()
            .number("b", 100)
            .node("Conv", "x conv1.weight", "c")
            .node("Add", "c b", "y")
            .output("y", "c")
            .graph();
    assertThat(graph.kinds()).containsExactly("Conv2d", "Affine");
  }

  @Test
  void zeros_around_the_image_are_merged_into_its_padding() {
    ImportedTestModel graph =
        model()
            .longs("pads", 0, 0, 0, 0, 0, 0, 1, 1)
            .node("Pad", "x pads", "p")
            .node("Conv", "p conv1.weight", "y", Attribute.of("pads", 1, 0, 0, 0))
            .output("y")
            .graph();
    assertThat(graph.layer()).isEqualTo(Layer.conv(1, 2).withoutBias().padding(1, 0, 1, 1));
    assertThat(graph.run(IMAGE)).startsWith(3, 5, 3).endsWith(15, 17, 9);
  }

  @Test
  void other_borders_stay() {
    ImportedTestModel graph =
        model()
            .longs("pads", 0, 0, 0, 0, 0, 0, 1, 1)
            .number("value", 1)
            .node("Pad", "x pads value", "p")
            .node("Conv", "p conv1.weight", "y")
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("Pad2d", "Conv2d");
  }

  @Test
  void same_upper_puts_the_odd_row_at_the_end_and_same_lower_at_the_beginning() {
    ImportedTestModel upper =
        model()
            .node("Conv", "x conv1.weight", "y", Attribute.of("auto_pad", "SAME_UPPER"))
            .output("y")
            .graph();
    ImportedTestModel lower =
        model()
            .node("Conv", "x conv1.weight", "y", Attribute.of("auto_pad", "SAME_LOWER"))
            .output("y")
            .graph();
    assertThat(upper.layer()).isEqualTo(Layer.conv(1, 2).withoutBias().padding(0, 0, 1, 1));
    assertThat(lower.layer()).isEqualTo(Layer.conv(1, 2).withoutBias().padding(1, 1, 0, 0));
  }

  @Test
  void automatic_padding_that_runtimes_read_differently_is_refused() {
    assertThat(
            TinyModel.opset(13)
                .input("x", 1, 9, 9)
                .counting("w", 1, 1, 1, 1)
                .node(
                    "Conv",
                    "x w",
                    "y",
                    Attribute.of("auto_pad", "SAME_UPPER"),
                    Attribute.of("strides", 3, 3))
                .output("y")
                .obstacles())
        .containsExactly(
            "node 'y' (Conv): has auto_pad with a 1x1 kernel and stride 3x3, on which"
                + " runtimes disagree");
    assertThat(
            model()
                .node(
                    "ConvTranspose",
                    "x conv1.weight",
                    "y",
                    Attribute.of("auto_pad", "SAME_LOWER"),
                    Attribute.of("strides", 3, 3))
                .output("y")
                .obstacles())
        .containsExactly(
            "node 'y' (ConvTranspose): has auto_pad SAME_LOWER and a stride larger than its kernel,"
                + " on which runtimes disagree");
  }

  @Test
  void one_axis_is_an_image_of_one_row() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 1, 4)
            .reals("w", new long[] {1, 1, 2}, 1, 10)
            .node(
                "Conv",
                "x w",
                "y",
                Attribute.of("pads", 0, 1),
                Attribute.of("strides", new long[] {2}))
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("Reshape", "Conv2d", "Reshape");
    assertThat(graph.shape()).isEqualTo(Shape.of(1, 2));
    assertThat(graph.run(1, 2, 3, 4)).containsExactly(21, 43);
  }

  @Test
  void three_axes_are_refused() {
    assertThat(
            TinyModel.opset(13)
                .input("x", 1, 3, 3, 3)
                .counting("w", 1, 1, 1, 1, 1)
                .node("Conv", "x w", "y")
                .output("y")
                .obstacles())
        .containsExactly(
            "node 'y' (Conv): has 5 axes; Trifocal's convolutions are over height and width");
  }

  @Test
  void weights_that_are_data_are_refused() {
    assertThat(
            TinyModel.opset(13)
                .input("x", 1, 3, 3)
                .input("w", 1, 2, 2)
                .node("Conv", "x w", "y")
                .output("y")
                .obstacles())
        .containsExactly(
            "node 'y' (Conv): input 1 (w) depends on the graph's input, but must be" + " constant");
  }

  @Test
  void two_nodes_that_read_one_weight_have_a_copy_each() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 1, 3, 3)
            .counting("shared.weight", 1, 1, 1, 1)
            .node("Conv", "x shared.weight", "a")
            .node("Conv", "a shared.weight", "y")
            .output("y")
            .graph();
    assertThat(graph.weights()).containsOnlyKeys("shared.weight", "shared_2.weight");
    assertThat(graph.weight("shared.weight")).isEqualTo(graph.weight("shared_2.weight"));
  }

  @Test
  void a_transposed_convolution_pads_until_the_output_has_the_size_asked_for() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 1, 3, 3)
            .counting("w", 1, 1, 3, 3)
            .node(
                "ConvTranspose",
                "x w",
                "y",
                Attribute.of("strides", 2, 2),
                Attribute.of("output_shape", 6, 8))
            .output("y")
            .graph();
    Layer expected =
        Layer.convTranspose(1, 3)
            .stride(2)
            .window(Layer.convTranspose(1, 3).stride(2).window().padding(new Padding(1, 0, 0, 0)))
            .outputPadding(new dev.trifocal.layer.Size2d(0, 1))
            .withoutBias();
    assertThat(graph.layer()).isEqualTo(expected);
    assertThat(graph.shape()).isEqualTo(Shape.of(1, 6, 8));
  }
}
