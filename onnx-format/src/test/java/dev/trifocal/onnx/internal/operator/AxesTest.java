package dev.trifocal.onnx.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.LogSoftmax;
import dev.trifocal.layer.Softmax;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.shape.Shape;
import org.junit.jupiter.api.Test;

/** Softmax and reductions, which work along axes. */
class AxesTest {
  private static TinyModel model(int opset) {
    return TinyModel.opset(opset).input("x", 2, 2).output("y");
  }

  @Test
  void before_opset_13_softmax_is_over_all_axes_from_the_given_one() {
    ImportedTestModel graph = model(11).node("Softmax", "x", "y").graph();
    assertThat(graph.kinds()).containsExactly("Reshape", "Softmax", "Reshape");
    assertThat(graph.run(1, 1, 1, 1)).containsOnly(0.25f);
  }

  @Test
  void since_opset_13_softmax_is_over_one_axis_the_last_if_none_is_given() {
    assertThat(model(13).node("Softmax", "x", "y").graph().layer()).isEqualTo(new Softmax(1));
    assertThat(model(13).node("LogSoftmax", "x", "y", Attribute.of("axis", 1)).graph().layer())
        .isEqualTo(new LogSoftmax(0));
  }

  @Test
  void softmax_over_the_batch_is_refused() {
    assertThat(model(13).node("Softmax", "x", "y", Attribute.of("axis", 0)).obstacles())
        .containsExactly(
            "node 'y' (Softmax): operates along the batch axis, which no layer supports");
  }

  @Test
  void reductions_read_axes_from_an_attribute_or_an_input() {
    ImportedTestModel old =
        model(13)
            .node(
                "ReduceMax",
                "x",
                "y",
                Attribute.of("axes", new long[] {-1}),
                Attribute.of("keepdims", 0))
            .graph();
    ImportedTestModel recent =
        model(18).longs("a", -1).node("ReduceMax", "x a", "y", Attribute.of("keepdims", 0)).graph();
    assertThat(old.run(1, 2, 4, 3)).containsExactly(2, 4);
    assertThat(recent.run(1, 2, 4, 3)).containsExactly(2, 4);
  }

  @Test
  void axes_that_are_kept_have_size_one() {
    TinyModel model = model(13).longs("a", 1).node("ReduceSum", "x a", "y");
    assertThat(model.graph().shape()).isEqualTo(Shape.of(1, 2));
  }

  @Test
  void a_mean_over_an_image_is_a_global_pool() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 2, 2, 2)
            .node("ReduceMean", "x", "y", Attribute.of("axes", -2, -1), Attribute.of("keepdims", 0))
            .output("y")
            .graph();
    assertThat(graph.kinds()).containsExactly("GlobalAvgPool", "Flatten");
  }

  @Test
  void the_batch_is_summed_or_averaged_where_its_axis_stays() {
    ImportedTestModel sum = model(13).longs("a", 0).node("ReduceSum", "x a", "y").graph();
    assertThat(sum.kinds()).containsExactly("BatchReduce");
    assertThat(sum.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(sum.runBatch(2, 1, 2, 3, 4, 5, 6, 7, 8)).containsExactly(6, 8, 10, 12);
    ImportedTestModel mean =
        model(13).node("ReduceMean", "x", "y", Attribute.of("axes", 0, -1)).graph();
    assertThat(mean.kinds()).containsExactly("Reduce", "BatchReduce");
    assertThat(mean.runBatch(2, 1, 2, 3, 4, 5, 6, 7, 8)).containsExactly(3.5f, 5.5f);
  }

  @Test
  void the_batch_is_not_dropped_and_has_no_maximum() {
    assertThat(
            model(13)
                .longs("a", 0)
                .node("ReduceSum", "x a", "y", Attribute.of("keepdims", 0))
                .obstacles())
        .containsExactly("node 'y' (ReduceSum): removes the batch axis, which every layer keeps");
    assertThat(
            model(13).node("ReduceMax", "x", "y", Attribute.of("axes", new long[] {0})).obstacles())
        .containsExactly("node 'y' (ReduceMax): (BatchReduce) takes SUM or MEAN, but not MAX");
  }

  @Test
  void a_value_of_the_whole_batch_repeats_beside_samples() {
    ImportedTestModel graph =
        model(13)
            .node("ReduceMean", "x", "m", Attribute.of("axes", new long[] {0}))
            .node("Sub", "x m", "y")
            .graph();
    assertThat(graph.kinds()).containsExactly("BatchReduce", "Affine", "Add");
    assertThat(graph.runBatch(2, 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(-2, -2, -2, -2, 2, 2, 2, 2);
  }

  @Test
  void the_size_of_a_value_of_the_whole_batch_is_one() {
    ImportedTestModel graph =
        model(13)
            .node("ReduceMean", "x", "m", Attribute.of("axes", new long[] {0}))
            .node("Shape", "m", "s")
            .node("Cast", "s", "real", Attribute.of("to", 1L))
            .node("ReduceSum", "real", "sizes", Attribute.of("keepdims", 0))
            .node("Mul", "m sizes", "y")
            .graph();
    assertThat(graph.runBatch(2, 1, 2, 3, 4, 5, 6, 7, 8)).containsExactly(15, 20, 25, 30);
  }

  @Test
  void a_value_of_the_whole_batch_keeps_its_row() {
    ImportedTestModel vector = mean().longs("to", 1, 4).node("Reshape", "m to", "y").graph();
    assertThat(vector.runBatch(2, 1, 2, 3, 4, 5, 6, 7, 8)).containsExactly(3, 4, 5, 6);
  }

  @Test
  void a_value_of_the_whole_batch_is_not_spread_over_samples_by_other_means() {
    assertThat(mean().node("Concat", "x m", "y", Attribute.of("axis", 1)).obstacles())
        .containsExactly(
            "node 'y' (Concat): (Concat) cannot combine a value of the whole batch with values of each"
                + " sample");
    assertThat(mean().node("Shape", "x", "s").node("Expand", "m s", "y").obstacles())
        .containsExactly("node 'y' (Expand): repeats a value shared by the batch for each sample");
    assertThat(mean().counting("c", 1, 2, 2).node("Add", "m c", "y").obstacles())
        .containsExactly(
            "node 'y' (Add): combines a value shared by the batch with a constant of several numbers,"
                + " which no layer supports");
  }

  private static TinyModel mean() {
    return model(13).node("ReduceMean", "x", "m", Attribute.of("axes", new long[] {0}));
  }

  @Test
  void no_axes_mean_all_axes_unless_they_mean_none() {
    assertThat(model(13).node("ReduceSum", "x", "y").graph().runBatch(2, 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(36);
    assertThat(
            model(13)
                .node("ReduceSum", "x", "s", Attribute.of("noop_with_empty_axes", 1))
                .node("Relu", "s", "y")
                .graph()
                .kinds())
        .containsExactly("Relu");
  }

  @Test
  void sums_of_absolutes_and_of_squares() {
    assertThat(
            model(13)
                .node("ReduceL1", "x", "y", Attribute.of("axes", 1, 2))
                .graph()
                .run(1, -2, 3, -4))
        .containsExactly(10);
    assertThat(
            model(13)
                .node("ReduceSumSquare", "x", "y", Attribute.of("axes", 1, 2))
                .graph()
                .run(1, -2, 3, -4))
        .containsExactly(30);
  }

  @Test
  void dropout_waits_for_training_and_identity_is_nothing() {
    ImportedTestModel graph =
        model(12)
            .number("ratio", 0.25)
            .node("Identity", "x", "a")
            .node("Dropout", "a ratio", "b")
            .node("Cast", "b", "c", Attribute.of("to", 10))
            .node("Identity", "c", "y")
            .graph();
    assertThat(graph.layer()).hasToString("Dropout[p=0.25]");
    assertThat(graph.run(1, 2, 3, 4)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void dropout_reads_its_ratio_from_an_attribute_before_opset_12() {
    assertThat(model(7).node("Dropout", "x", "y", Attribute.of("ratio", 0.1)).graph().layer())
        .hasToString("Dropout[p=0.1]");
  }

  @Test
  void several_outputs_share_what_they_read() {
    ImportedTestModel graph =
        TinyModel.opset(13)
            .input("x", 2)
            .node("Relu", "x", "r")
            .node("Neg", "r", "a")
            .node("Sigmoid", "r", "b")
            .output("a", "b", "r")
            .graph();
    assertThat(graph.kinds()).containsExactly("Relu", "Affine", "Sigmoid");
    assertThat(graph.imported().graph().outputs()).containsOnlyKeys("a", "b", "r");
  }
}
