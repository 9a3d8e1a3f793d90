package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.AvgPool2d;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.layer.Upsample2d.Interpolation;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools, borders, and images made larger. */
class ImagesTest {
  private static TinyModel image(int opset) {
    return TinyModel.opset(opset).input("x", 1, 2, 2).output("y");
  }

  @Test
  void an_average_leaves_out_the_padding_unless_it_says_otherwise() {
    ImportedTestModel without =
        image(13)
            .node(
                "AveragePool",
                "x",
                "y",
                Attribute.of("kernel_shape", 2, 2),
                Attribute.of("pads", 1, 1, 0, 0))
            .graph();
    ImportedTestModel with =
        image(13)
            .node(
                "AveragePool",
                "x",
                "y",
                Attribute.of("kernel_shape", 2, 2),
                Attribute.of("pads", 1, 1, 0, 0),
                Attribute.of("count_include_pad", 1))
            .graph();
    assertThat(without.run(4, 8, 12, 16)).containsExactly(4, 6, 8, 10);
    assertThat(with.run(4, 8, 12, 16)).containsExactly(1, 3, 4, 10);
    assertThat(((AvgPool2d) with.layer()).countIncludePad()).isTrue();
  }

  @Test
  void the_last_window_counts_in_ceil_mode() {
    TinyModel model = TinyModel.opset(13).input("x", 1, 3, 3).output("y");
    ImportedTestModel graph =
        model
            .node(
                "MaxPool",
                "x",
                "y",
                Attribute.of("kernel_shape", 2, 2),
                Attribute.of("strides", 2, 2),
                Attribute.of("ceil_mode", 1))
            .graph();
    assertThat(graph.layer()).isEqualTo(Layer.maxPool(2).stride(2).ceilMode());
    assertThat(graph.runCounting()).containsExactly(4, 5, 7, 8);
  }

  @Test
  void indices_of_a_pool_are_refused() {
    assertThat(
            TinyModel.opset(13)
                .input("x", 1, 2, 2)
                .node("MaxPool", "x", "y i", Attribute.of("kernel_shape", 2, 2))
                .output("y", "i")
                .obstacles())
        .containsExactly("node 'y' (MaxPool): output 1 is not supported");
  }

  @Test
  void a_pool_of_lines() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 1, 4)
            .node(
                "MaxPool",
                "x",
                "y",
                Attribute.of("kernel_shape", new long[] {2}),
                Attribute.of("strides", new long[] {2}))
            .output("y")
            .graph();
    assertThat(graph.run(1, 5, 7, 3)).containsExactly(5, 7);
  }

  @Test
  void global_pools_of_any_axes() {
    TinyModel line =
        TinyModel.opset(13).input("x", 2, 3).node("GlobalMaxPool", "x", "y").output("y");
    assertThat(line.graph().runCounting()).containsExactly(2, 5);
    assertThat(image(13).node("GlobalAveragePool", "x", "y").graph().run(1, 2, 3, 6))
        .containsExactly(3);
  }

  @Test
  void borders_are_an_attribute_before_opset_11_and_an_input_since() {
    ImportedTestModel old =
        image(10)
            .node(
                "Pad",
                "x",
                "y",
                Attribute.of("pads", 0, 0, 0, 1, 0, 0, 0, 0),
                Attribute.of("value", 9.0))
            .graph();
    ImportedTestModel recent =
        image(13)
            .longs("pads", 0, 0, 0, 1, 0, 0, 0, 0)
            .number("nine", 9)
            .node("Pad", "x pads nine", "y")
            .graph();
    assertThat(old.run(1, 2, 3, 4)).containsExactly(9, 1, 2, 9, 3, 4);
    assertThat(recent.run(1, 2, 3, 4)).containsExactly(9, 1, 2, 9, 3, 4);
  }

  @Test
  void since_opset_18_borders_name_their_axes() {
    ImportedTestModel graph =
        image(18)
            .longs("pads", 1, 0)
            .longs("axes", -1)
            .node("Pad", "x pads - axes", "y", Attribute.of("mode", "edge"))
            .graph();
    assertThat(graph.run(1, 2, 3, 4)).containsExactly(1, 1, 2, 3, 3, 4);
  }

  @Test
  void channels_are_padded_too() {
    ImportedTestModel graph =
        image(13).longs("pads", 0, 1, 0, 0, 0, 1, 1, 0).node("Pad", "x pads", "y").graph();
    assertThat(graph.shape()).isEqualTo(Shape.of(3, 3, 2));
    assertThat(graph.run(1, 2, 3, 4))
        .containsExactly(0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "half_pixel, round_prefer_floor, 2",
    "half_pixel, round_prefer_ceil, 3",
    "asymmetric, floor, 3",
    "asymmetric, round_prefer_floor, 2",
    "tf_half_pixel_for_nn, floor, 3"
  })
  void grids_on_which_each_pixel_is_repeated(String grid, String rounding, int factor) {
    ImportedTestModel graph = resized(grid, rounding, factor).graph();
    assertThat(graph.layer())
        .isEqualTo(new Upsample2d(Size2d.square(factor), Interpolation.NEAREST));
  }

  @ParameterizedTest
  @CsvSource({
    "half_pixel, floor, 2",
    "asymmetric, ceil, 2",
    "asymmetric, round_prefer_floor, 3",
    "align_corners, round_prefer_floor, 2",
    "asymmetric, floor, 1.5"
  })
  void other_grids_are_refused(String grid, String rounding, double factor) {
    assertThat(resized(grid, rounding, factor).obstacles()).hasSize(1);
  }

  private static TinyModel resized(String grid, String rounding, double factor) {
    return image(13)
        .reals("scales", new long[] {4}, 1, 1, (float) factor, (float) factor)
        .node(
            "Resize",
            "x - scales",
            "y",
            Attribute.of("mode", "nearest"),
            Attribute.of("coordinate_transformation_mode", grid),
            Attribute.of("nearest_mode", rounding));
  }

  @Test
  void an_image_resized_to_sizes_worked_out_from_its_own() {
    ImportedTestModel graph =
        image(13)
            .longs("zero", 0)
            .longs("two", 2)
            .longs("four", 4)
            .node("Shape", "x", "shape")
            .node("Slice", "shape two four", "now")
            .node("Mul", "now two", "then")
            .node("Slice", "shape zero two", "front")
            .node("Concat", "front then", "sizes", Attribute.of("axis", 0))
            .node("Resize", "x - - sizes", "y", Attribute.of("mode", "linear"))
            .graph();
    assertThat(graph.layer()).isEqualTo(new Upsample2d(Size2d.square(2), Interpolation.BILINEAR));
  }

  @Test
  void linear_on_another_grid_is_refused() {
    assertThat(
            image(10)
                .reals("scales", new long[] {4}, 1, 1, 2, 2)
                .node("Resize", "x scales", "y", Attribute.of("mode", "linear"))
                .obstacles())
        .containsExactly("node 'y' (Resize): mode linear is not supported");
  }

  @Test
  void upsample_reads_scales_from_an_attribute_in_opset_7_and_from_an_input_in_9() {
    ImportedTestModel old =
        image(7).node("Upsample", "x", "y", TinyModel.attribute("scales", 1, 1, 2, 3)).graph();
    ImportedTestModel recent =
        image(9).reals("s", new long[] {4}, 1, 1, 2, 3).node("Upsample", "x s", "y").graph();
    Upsample2d expected = new Upsample2d(new Size2d(2, 3), Interpolation.NEAREST);
    assertThat(old.layer()).isEqualTo(expected);
    assertThat(recent.layer()).isEqualTo(expected);
  }
}
