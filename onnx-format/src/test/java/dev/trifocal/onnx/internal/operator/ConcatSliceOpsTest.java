package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.Slice;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.shape.Shape;
import org.junit.jupiter.api.Test;

class ConcatSliceOpsTest {
  private static TinyModel row(int opset) {
    return TinyModel.opset(opset).input("x", 6).output("y");
  }

  @Test
  void slice_reads_attributes_before_opset_10() {
    ImportedTestModel graph =
        row(9)
            .node(
                "Slice",
                "x",
                "y",
                Attribute.of("axes", new long[] {1}),
                Attribute.of("starts", new long[] {-4}),
                Attribute.of("ends", new long[] {Long.MAX_VALUE}))
            .graph();
    assertThat(graph.layer()).isEqualTo(new Slice(0, 2, 6, 1));
  }

  @Test
  void slice_reads_inputs_since_opset_10() {
    ImportedTestModel graph =
        row(13)
            .longs("s", 0, 1)
            .longs("e", Integer.MAX_VALUE, -1)
            .longs("a", 0, -1)
            .longs("t", 1, 2)
            .node("Slice", "x s e a t", "y")
            .graph();
    assertThat(graph.layer()).isEqualTo(new Slice(0, 1, 4, 2));
    assertThat(graph.runCounting()).containsExactly(1, 3);
  }

  @Test
  void backwards_is_a_concat_of_single_rows() {
    ImportedTestModel graph =
        row(13)
            .longs("s", -1)
            .longs("e", Long.MIN_VALUE)
            .longs("a", 1)
            .longs("t", -2)
            .node("Slice", "x s e a t", "y")
            .graph();
    assertThat(graph.runCounting()).containsExactly(5, 3, 1);
  }

  @Test
  void backwards_for_one_row_is_that_row() {
    TinyModel model = row(13).longs("s", 2).longs("e", 1).longs("a", 1).longs("t", -1);
    assertThat(model.node("Slice", "x s e a t", "y").graph().layer())
        .isEqualTo(new Slice(0, 2, 3, 1));
  }

  @Test
  void the_whole_of_a_batch_that_the_file_gives_is_the_batch() {
    TinyModel model = TinyModel.opset(13).inputOfBatch("x", 3, 2).longs("s", 0).longs("e", 3);
    assertThat(model.node("Slice", "x s e", "a").node("Relu", "a", "y").output("y").graph().kinds())
        .containsExactly("Relu");
  }

  @Test
  void a_part_of_the_batch_is_refused() {
    assertThat(row(13).longs("s", 0).longs("e", 1).node("Slice", "x s e", "y").obstacles())
        .containsExactly("node 'y' (Slice): takes a part of the batch axis");
  }

  @Test
  void split_gives_as_many_equal_parts_as_it_has_outputs() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 6)
            .node("Split", "x", "a b c", Attribute.of("axis", 1))
            .node("Sub", "c a", "y")
            .output("y")
            .graph();
    assertThat(graph.runCounting()).containsExactly(4, 4);
  }

  @Test
  void split_reads_sizes_from_an_attribute_before_opset_13_and_from_an_input_since() {
    for (int opset : new int[] {11, 13}) {
      TinyModel model = TinyModel.opset(opset).input("x", 6).longs("sizes", 1, 5);
      ImportedTestModel graph =
          (opset < 13
                  ? model.node(
                      "Split", "x", "a b", Attribute.of("axis", -1), Attribute.of("split", 1, 5))
                  : model.node("Split", "x sizes", "a b", Attribute.of("axis", -1)))
              .output("b")
              .graph();
      assertThat(graph.runCounting()).containsExactly(1, 2, 3, 4, 5);
    }
  }

  @Test
  void since_opset_18_the_last_part_may_be_smaller() {
    ImportedTestModel graph =
        TinyModel.opset(18)
            .input("x", 5)
            .node("Split", "x", "a b c", Attribute.of("axis", 1), Attribute.of("num_outputs", 3))
            .output("c")
            .graph();
    assertThat(graph.runCounting()).containsExactly(4);
  }

  @Test
  void one_row_gathered_loses_its_axis() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 3, 2)
            .index("i", -1)
            .node("Gather", "x i", "y", Attribute.of("axis", 1))
            .output("y")
            .graph();
    assertThat(graph.shape()).isEqualTo(Shape.of(2));
    assertThat(graph.runCounting()).containsExactly(4, 5);
  }

  @Test
  void rows_gathered_in_another_order_are_joined() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 3, 1, 1)
            .longs("i", 2, 1, 0)
            .node("Gather", "x i", "y", Attribute.of("axis", 1))
            .output("y")
            .graph();
    assertThat(graph.runCounting()).containsExactly(2, 1, 0);
  }

  @Test
  void a_constant_for_each_sample_is_joined_as_learned() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .inputOfBatch("x", 1, 2, 2)
            .reals("cls", new long[] {1, 1, 2}, 8, 9)
            .node("Concat", "cls x", "y", Attribute.of("axis", 1))
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("LearnableInput", "Concat");
    assertThat(graph.runBatch(2, 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(8, 9, 1, 2, 3, 4, 8, 9, 5, 6, 7, 8);
  }

  @Test
  void a_constant_expanded_to_the_batch_is_learned() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 2, 2)
            .reals("cls", new long[] {1, 1, 2}, 8, 9)
            .index("zero", 0)
            .longs("axis", 0)
            .longs("rest", -1, -1)
            .longs("three", 3)
            .longs("minus", -1)
            .node("Shape", "x", "shape")
            .node("Gather", "shape zero", "n")
            .node("Unsqueeze", "n axis", "batch")
            .node("Concat", "batch rest", "wanted", Attribute.of("axis", 0))
            .node("ConstantOfShape", "three", "zeros")
            .node("Equal", "wanted minus", "open")
            .longs("one", 1, 1, 1)
            .node("Where", "open one wanted", "target")
            .node("Expand", "cls target", "each")
            .node("Concat", "each x", "y", Attribute.of("axis", 1))
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("LearnableInput", "Concat");
  }

  @Test
  void data_repeated_along_an_axis_is_a_concat() {
    ImportedTestModel tiled =
        TinyModel.opset(13)
            .input("x", 2)
            .longs("r", 1, 3)
            .node("Tile", "x r", "y")
            .output("y")
            .graph();
    assertThat(tiled.runCounting()).containsExactly(0, 1, 0, 1, 0, 1);
    ImportedTestModel expanded =
        TinyModel.opset(13)
            .input("x", 1, 2)
            .longs("r", 2, 2)
            .node("Expand", "x r", "y")
            .output("y")
            .graph();
    assertThat(expanded.runCounting()).containsExactly(0, 1, 0, 1);
  }
}
