package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.shape.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files of TensorFlow and Keras, which see images as [N, H, W, C]. */
class ChannelsLastTest {
  private static final long[] TO_FRONT = {0, 3, 1, 2};
  private static final long[] TO_BACK = {0, 2, 3, 1};

  private static TinyModel flattened() {
    return TinyModel.opset(13)
        .input("x", 2, 2, 1)
        .reals("conv.weight", new long[] {2, 1, 1, 1}, 1, 10)
        .longs("shape", -1, 8)
        .reals("dense.weight", new long[] {8, 1}, 1, 2, 3, 4, 5, 6, 7, 8)
        .node("Transpose", "x", "a", Attribute.of("perm", TO_FRONT))
        .node("Conv", "a conv.weight", "b")
        .node("Transpose", "b", "c", Attribute.of("perm", TO_BACK))
        .node("Relu", "c", "d")
        .node("Reshape", "d shape", "e")
        .node("MatMul", "e dense.weight", "y")
        .output("y");
  }

  @Test
  void transposes_disappear_and_dense_weights_are_put_in_the_graph_s_order() {
    ImportedTestModel graph = flattened().graph();
    assertThat(graph.kinds()).containsExactly("Conv2d", "Relu", "Flatten", "Dense");
    assertThat(graph.weight("dense.weight").toFloats()).containsExactly(1, 3, 5, 7, 2, 4, 6, 8);
    // pixels 1, 2, 3, 4 in two channels, 1 and 10 times, as the file orders them
    assertThat(graph.run(1, 2, 3, 4)).containsExactly(1 + 20 + 6 + 80 + 15 + 180 + 28 + 320);
  }

  @Test
  void the_graph_s_input_has_its_channels_first_and_says_so() {
    ImportedTestModel graph = flattened().graph();
    FileValue input = graph.imported().facts().inputs().get(0);
    assertThat(input.order()).isEqualTo(List.of(1, 2, 0));
    assertThat(graph.imported().graph().inputs().get(0).shape()).isEqualTo(Shape.of(1, 2, 2));
  }

  @Test
  void what_goes_out_with_channels_last_is_transposed_once() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 2, 2, 2)
            .node("Transpose", "x", "a", Attribute.of("perm", TO_FRONT))
            .node("Relu", "a", "b")
            .node("Transpose", "b", "y", Attribute.of("perm", TO_BACK))
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("Relu", "Transpose");
    assertThat(graph.run(1, 2, 3, 4, 5, 6, 7, 8)).containsExactly(1, 5, 2, 6, 3, 7, 4, 8);
  }

  @Test
  void a_mean_over_height_and_width_is_found_wherever_the_file_has_them() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 2, 3, 3)
            .node("Transpose", "x", "a", Attribute.of("perm", TO_BACK))
            .node("ReduceMean", "a", "y", Attribute.of("axes", 1, 2), Attribute.of("keepdims", 0))
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("GlobalAvgPool", "Flatten");
  }

  @Test
  void a_constant_for_each_channel_is_found_at_the_last_axis() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 2, 1, 2)
            .reals("b", new long[] {2}, 10, 20)
            .node("Transpose", "x", "a", Attribute.of("perm", TO_BACK))
            .node("Add", "a b", "c")
            .node("Transpose", "c", "y", Attribute.of("perm", TO_FRONT))
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("Affine");
    assertThat(graph.run(1, 2, 3, 4)).containsExactly(11, 12, 23, 24);
  }

  @Test
  void joining_slicing_and_padding_follow_the_channels() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 2, 2, 2)
            .longs("pads", 0, 0, 1, 0, 0, 0, 0, 0)
            .longs("start", 1)
            .longs("end", 2)
            .longs("axis", 3)
            .node("Transpose", "x", "a", Attribute.of("perm", TO_BACK))
            .node("Pad", "a pads", "b")
            .node("Slice", "b start end axis", "c")
            .node("Concat", "c c", "d", Attribute.of("axis", -1))
            .node("Transpose", "d", "y", Attribute.of("perm", TO_FRONT))
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("Pad2d", "Slice", "Concat");
    assertThat(graph.runCounting()).containsExactly(0, 4, 5, 0, 6, 7, 0, 4, 5, 0, 6, 7);
  }

  @Test
  void a_transposition_that_moves_the_batch_is_refused() {
    assertThat(
            TinyModel.opset(13)
                .input("x", 2, 2)
                .node("Transpose", "x", "y", Attribute.of("perm", 1, 0, 2))
                .output("y")
                .obstacles())
        .containsExactly("node 'y' (Transpose): moves the batch axis from the front");
  }
}
