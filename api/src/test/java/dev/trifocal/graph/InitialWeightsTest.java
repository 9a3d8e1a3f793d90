package dev.trifocal.graph;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
  private static final Shape INPUT = Shape.of(2, 3, 4);
  private final Graph graph =
      Graph.build(
          "mlp",
          INPUT,
          v -> v.then(flatten()).then("fc1", dense(9)).then(relu()).then("fc2", dense(9)));

  @Test
  void initial_weights_are_those_that_the_graph_needs() {
    Graph residual = ResidualNetwork.graph();
    Weights weights = residual.initialWeights(42);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    weights.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    assertThat(shapes.entrySet()).containsExactlyElementsOf(residual.weightShapes().entrySet());
    assertThat(weights.tensor("layer1.bn.running_var"))
        .isEqualTo(Tensor.of(Shape.of(4), 1f, 1f, 1f, 1f));
    assertThat(weights.tensor("layer1.bn.running_mean").toFloats()).containsOnly(0f);
  }

  @Test
  void one_seed_gives_the_same_values_again() {
    assertThat(graph.initialWeights(42)).isEqualTo(graph.initialWeights(42));
    assertThat(graph.freeze().initialWeights(42)).isEqualTo(graph.initialWeights(42));
  }

  @Test
  void another_seed_gives_others() {
    Weights one = graph.initialWeights(42);
    Weights other = graph.initialWeights(43);
    one.tensors()
        .forEach((name, tensor) -> assertThat(other.tensor(name)).as(name).isNotEqualTo(tensor));
  }

  @Test
  void each_path_has_values_of_its_own() {
    Weights weights = graph.initialWeights(42);
    assertThat(weights.tensor("fc1.bias").shape()).isEqualTo(weights.tensor("fc2.bias").shape());
    assertThat(normalised(weights, "fc1.bias", 24))
        .isNotEqualTo(normalised(weights, "fc2.bias", 9));
    assertThat(weights.tensor("fc2.weight").toFloats())
        .doesNotContain(weights.tensor("fc2.bias").toFloats());
  }

  @Test
  void adding_a_layer_changes_no_other() {
    Graph longer =
        Graph.build(
            "deeper",
            INPUT,
            v ->
                v.then(flatten())
                    .then("fc0", dense(24))
                    .then("fc1", dense(9))
                    .then("fc1b", dense(9))
                    .then("fc2", dense(9)));
    Weights more = longer.initialWeights(42);
    assertThat(more.tensors()).containsAllEntriesOf(graph.initialWeights(42).tensors());
    assertThat(more.tensor("fc1b.bias")).isNotEqualTo(more.tensor("fc2.bias"));
  }

  @Test
  void the_default_values_lie_within_one_over_the_root_of_the_fan_in() {
    float[] values = graph.initialWeights(42).tensor("fc1.weight").toFloats();
    float bound = (float) (1 / Math.sqrt(24));
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isBetween(0.9f * bound, bound);
  }

  /** The expected values come from a program of its own, written from the formulas. */
  @Test
  void the_values_of_a_seed_and_a_path_are_those_of_the_published_generator() {
    assertThat(graph.initialWeights(42).tensor("fc1.bias").toFloats())
        .startsWith(-0.054212548f, -0.11164809f, 0.024747934f);
  }

  /** In units of the bound, in which two equal streams would agree. */
  private static long[] normalised(Weights weights, String name, int fanIn) {
    float[] values = weights.tensor(name).toFloats();
    long[] result = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = Math.round(values[i] * Math.sqrt(fanIn) * 1e4);
    }
    return result;
  }
}
