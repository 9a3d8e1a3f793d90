package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.onnx.Attribute;
import dev.trifocal.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReshapeOpsTest {
  private static TinyModel reshape(long... target) {
    return TinyModel.opset(13)
        .input("x", 4, 10, 10)
        .longs("shape", target)
        .node("Reshape", "x shape", "y")
        .output("y");
  }

  @Test
  void minus_one_first_is_the_batch() {
    assertThat(reshape(-1, 400).graph().kinds()).containsExactly("Flatten");
  }

  @Test
  void zero_first_keeps_the_batch() {
    assertThat(reshape(0, -1).graph().shape()).isEqualTo(Shape.of(400));
  }

  @Test
  void a_literal_one_is_the_batch_of_a_file_that_leaves_the_batch_open() {
    assertThat(reshape(1, -1).graph().shape()).isEqualTo(Shape.of(400));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5})
  void a_literal_that_the_inputs_have_too_is_the_batch(long batch) {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .inputOfBatch("x", batch, 4, 10, 10)
            .longs("shape", batch, 400)
            .node("Reshape", "x shape", "y")
            .output("y")
            .graph();
    assertThat(graph.shape()).isEqualTo(Shape.of(400));
    assertThat(graph.runBatch(2, new float[800])).hasSize(800);
  }

  @Test
  void a_literal_that_the_inputs_have_not_is_refused() {
    assertThat(reshape(2, 200).obstacles())
        .containsExactly(
            "node 'y' (Reshape): reshapes samples of [4, 10, 10] to [2, 200], which leaves the batch"
                + " axis ambiguous");
  }

  @Test
  void several_axes_stay_a_reshape() {
    ImportedTestModel graph = reshape(-1, 2, 2, 100).graph();
    assertThat(graph.kinds()).containsExactly("Reshape");
    assertThat(graph.shape()).isEqualTo(Shape.of(2, 2, 100));
  }

  @Test
  void zero_copies_the_axis_of_the_input() {
    assertThat(reshape(0, 0, -1).graph().shape()).isEqualTo(Shape.of(4, 100));
  }

  @Test
  void a_shape_that_stays_leaves_no_layer() {
    assertThat(reshape(0, 4, 10, 10).node("Relu", "y", "z").output("z").graph().kinds())
        .containsExactly("Relu");
  }

  @Test
  void arithmetic_on_the_shape_disappears() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 4, 10, 10)
            .index("first", 0)
            .longs("axis", 0)
            .longs("rest", -1)
            .node("Shape", "x", "shape")
            .node("Gather", "shape first", "batch", Attribute.of("axis", 0))
            .node("Unsqueeze", "batch axis", "batches")
            .node("Concat", "batches rest", "target", Attribute.of("axis", 0))
            .node("Reshape", "x target", "y")
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("Flatten");
  }

  @Test
  void sizes_multiplied_out_disappear_too() {
    ImportedTestModel graph =
        TinyModel.opset(12)
            .input("x", 4, 10, 10)
            .longs("first", 0)
            .longs("second", 1)
            .node("Shape", "x", "shape")
            .node("Slice", "shape first second", "batch")
            .node("Slice", "shape second", "unused")
            .node("Size", "x", "size")
            .node("Div", "size batch", "each")
            .node("Concat", "batch each", "target", Attribute.of("axis", 0))
            .node("Reshape", "x target", "y")
            .output("y")
            .graph();
    assertThat(graph.shape()).isEqualTo(Shape.of(400));
  }

  @Test
  void samples_merged_into_rows_are_refused() {
    assertThat(reshape(-1, 10).obstacles()).singleElement().asString().contains("[-1, 10]");
  }

  @Test
  void flatten_keeps_the_batch() {
    TinyModel model = TinyModel.opset(13).input("x", 4, 10, 10).output("y");
    assertThat(model.node("Flatten", "x", "y").graph().kinds()).containsExactly("Flatten");
  }

  @Test
  void flatten_into_the_batch_is_refused() {
    TinyModel model = TinyModel.opset(13).input("x", 4, 10, 10).output("y");
    assertThat(model.node("Flatten", "x", "y", Attribute.of("axis", 2)).obstacles())
        .containsExactly("node 'y' (Flatten): flattens the batch axis with other axes");
  }

  @Test
  void squeeze_reads_its_axes_from_an_attribute_before_opset_13() {
    assertThat(
            TinyModel.opset(11)
                .input("x", 4, 1, 1)
                .node("Squeeze", "x", "y", Attribute.of("axes", new long[] {2, -1}))
                .output("y")
                .graph()
                .shape())
        .isEqualTo(Shape.of(4));
  }

  @Test
  void squeeze_reads_its_axes_from_an_input_since_opset_13() {
    assertThat(
            TinyModel.opset(13)
                .input("x", 4, 1, 1)
                .longs("axes", 2)
                .node("Squeeze", "x axes", "y")
                .output("y")
                .graph()
                .shape())
        .isEqualTo(Shape.of(4, 1));
  }

  @Test
  void squeeze_without_axes_leaves_an_open_batch_alone() {
    TinyModel model = TinyModel.opset(13).input("x", 4, 1, 1).output("y");
    assertThat(model.node("Squeeze", "x", "y").graph().shape()).isEqualTo(Shape.of(4));
  }

  @Test
  void squeeze_without_axes_might_drop_a_batch_of_one_and_is_refused() {
    TinyModel model = TinyModel.opset(13).inputOfBatch("x", 1, 4, 1, 1).output("y");
    assertThat(model.node("Squeeze", "x", "y").obstacles())
        .containsExactly("node 'y' (Squeeze): removes all axes of size 1, possibly the batch axis");
  }

  @Test
  void unsqueeze_counts_axes_from_the_end_of_the_result() {
    assertThat(
            TinyModel.opset(13)
                .input("x", 4)
                .longs("axes", -1, 2)
                .node("Unsqueeze", "x axes", "y")
                .output("y")
                .graph()
                .shape())
        .isEqualTo(Shape.of(4, 1, 1));
  }
}
