package dev.trifocal.inspect;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerValuesTest {
  private static final Graph NET =
      Graph.build(
          "net",
          Shape.of(1, 1, 2),
          x -> x.then("conv", conv(2, 1)).then("relu", relu()).then("flat", flatten()));

  private static final Weights WEIGHTS =
      new Weights(
          Map.of(
              "conv.weight", Tensor.of(Shape.of(2, 1, 1, 1), 1, -2f),
              "conv.bias", Tensor.of(Shape.of(2), 0, 1f)));

  @Test
  void each_layer_has_its_value() {
    LayerValues values = run(NET);
    assertThat(values.value("conv").toFloats()).containsExactly(3, -1, -5, 3);
    assertThat(values.value("relu").toFloats()).containsExactly(3, 0, 0, 3);
    assertThat(values.value("flat").shape()).isEqualTo(Shape.of(1, 4));
    assertThat(values.statistics().keySet())
        .containsExactlyElementsOf(NET.nodes().stream().map(node -> node.path()).toList());
    assertThat(values.statistics().get("relu").zeros()).isEqualTo(0.5);
    assertThatThrownBy(() -> values.value("conv2")).isInstanceOf(GraphException.class);
  }

  @Test
  void a_layer_may_be_called_as_another_output_is() {
    Graph net =
        Graph.build(
            "net", Shape.of(1, 1, 2), x -> x.then("output", conv(2, 1)).then("relu", relu()));
    Weights weights =
        new Weights(
            Map.of(
                "output.weight", WEIGHTS.tensor("conv.weight"),
                "output.bias", WEIGHTS.tensor("conv.bias")));
    LayerValues values = run(net, weights);
    assertThat(values.value("output").toFloats()).containsExactly(3, -1, -5, 3);
    assertThat(values.value("relu").toFloats()).containsExactly(3, 0, 0, 3);
  }

  @Test
  void several_inputs_are_refused() {
    GraphBuilder builder = new GraphBuilder("two");
    Value a = builder.input("a", Shape.of(2));
    Value b = builder.input("b", Shape.of(2));
    Graph two = builder.output(Graph.OUTPUT, a.plus(b)).graph();
    assertThatThrownBy(() -> run(two))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("two has 2 inputs");
  }

  private static LayerValues run(Graph graph) {
    return run(graph, WEIGHTS);
  }

  private static LayerValues run(Graph graph, Weights weights) {
    return LayerValues.of(
        graph,
        weights,
        Tensor.of(Shape.of(1, 1, 1, 2), 3, -1f),
        Backends.get("onnx"),
        RunOptions.DEFAULT);
  }
}
