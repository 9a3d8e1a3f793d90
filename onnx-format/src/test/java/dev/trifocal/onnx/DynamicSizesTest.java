package dev.trifocal.onnx;

import static dev.trifocal.layer.Layer.avgPool;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.layer.Reshape;
import dev.trifocal.layer.Slice;
import dev.trifocal.layer.Transpose;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where a model takes images of any size, and where it does not. */
class DynamicSizesTest {
  private static final Shape IMAGE = Shape.of(4, 12, 20);
  private static final String OPEN = "N,4,height,width";
  private static final String OWN = "N,4,12,20";

  @Test
  void convolutions_and_pools_take_any_image() {
    assertThat(input(x -> x.then(conv(3, 3).padding(1)).then(relu()).then(maxPool(2))))
        .isEqualTo(OPEN);
  }

  @Test
  void the_output_of_an_open_model_is_open_where_it_follows_the_image() {
    ModelProto model = model(drawn(x -> x.then(conv(3, 3)).then(maxPool(2))));
    assertThat(sizes(model.getGraph().getOutput(0))).isEqualTo("N,3,output_height,output_width");
    ModelProto pooled = model(drawn(x -> x.then(conv(3, 3)).then(globalAvgPool())));
    assertThat(sizes(pooled.getGraph().getOutput(0))).isEqualTo("N,3,1,1");
    ModelProto flat = model(drawn(x -> x.then(conv(3, 3)).then(flatten())));
    assertThat(sizes(flat.getGraph().getOutput(0))).isEqualTo("N,output_axis0");
  }

  @Test
  void a_dense_layer_behind_a_global_pool_takes_any_image() {
    assertThat(input(x -> x.then(globalAvgPool()).then(flatten()).then(dense(5)))).isEqualTo(OPEN);
  }

  @Test
  void a_dense_layer_behind_a_map_has_weights_for_one_size() {
    assertThat(input(x -> x.then(flatten()).then(dense(5)))).isEqualTo(OWN);
  }

  @Test
  void norms_write_no_size() {
    assertThat(input(x -> x.then(new GroupNorm(2, 1e-5)))).isEqualTo(OPEN);
    assertThat(input(x -> x.then(new LocalResponseNorm(4, 1e-4, 0.75, 1)))).isEqualTo(OPEN);
  }

  @Test
  void a_shape_that_is_spelled_out_is_for_one_size() {
    assertThat(input(x -> x.then(new Reshape(Shape.of(4, 20, 12))))).isEqualTo(OWN);
  }

  @Test
  void rows_cut_out_of_an_image_are_meant_for_its_size_and_channels_are_not() {
    assertThat(input(x -> x.then(new Slice(1, 2, 5, 1)))).isEqualTo("N,4,12,width");
    assertThat(input(x -> x.then(new Slice(0, 1, 3, 1)))).isEqualTo(OPEN);
  }

  @Test
  void an_image_that_meets_its_transposition_must_stay_as_it_is() {
    Graph graph =
        Graph.build(
            "square", Shape.of(2, 6, 6), x -> x.plus(x.then(new Transpose(List.of(0, 2, 1)))));
    assertThat(sizes(model(graph).getGraph().getInput(0))).isEqualTo("N,2,6,6");
  }

  @Test
  void learned_values_along_one_axis_leave_the_other_open() {
    GraphBuilder builder = new GraphBuilder("columns");
    Value x = builder.input(Graph.INPUT, IMAGE);
    Value columns = builder.learned("columns", Shape.of(4, 1, 20), new Initializer.Constant(0));
    Graph graph = builder.output(Graph.OUTPUT, x.plus(columns)).graph();
    assertThat(sizes(model(graph).getGraph().getInput(0))).isEqualTo("N,4,height,20");
  }

  @Test
  void pools_that_round_up_take_any_image_if_all_runtimes_read_them_alike() {
    assertThat(input(x -> x.then(maxPool(3).stride(2).ceilMode()))).isEqualTo(OPEN);
    assertThat(input(x -> x.then(avgPool(3).stride(2).padding(1).ceilMode()))).isEqualTo(OPEN);
    assertThat(input(x -> x.then(maxPool(2).stride(2).padding(1).ceilMode()))).isEqualTo(OWN);
  }

  @Test
  void of_several_inputs_none_is_open() {
    GraphBuilder builder = new GraphBuilder("two");
    Value x = builder.input("x", IMAGE);
    Value y = builder.input("y", IMAGE);
    Graph graph = builder.output(Graph.OUTPUT, x.plus(y)).graph();
    assertThat(sizes(model(graph).getGraph().getInput(1))).isEqualTo(OWN);
  }

  @Test
  void an_open_model_remembers_the_size_that_it_was_drawn_for() {
    ModelProto model = model(drawn(x -> x.then(relu())));
    assertThat(model.getMetadataPropsList())
        .anyMatch(e -> e.getKey().equals("input") && e.getValue().equals("4x12x20"));
  }

  private static String input(UnaryOperator<Value> network) {
    return sizes(model(drawn(network)).getGraph().getInput(0));
  }

  private static Graph drawn(UnaryOperator<Value> network) {
    return Graph.build("small", IMAGE, network);
  }

  private static ModelProto model(Graph graph) {
    return OnnxExporter.model(graph, graph.initialWeights(1), Map.of());
  }

  private static String sizes(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList().stream()
        .map(DynamicSizesTest::size)
        .collect(Collectors.joining(","));
  }

  private static String size(Dimension size) {
    return size.hasDimParam() ? size.getDimParam() : String.valueOf(size.getDimValue());
  }
}
