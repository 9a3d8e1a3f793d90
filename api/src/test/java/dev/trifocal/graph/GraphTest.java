package dev.trifocal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static final Graph GRAPH =
      Graph.draw(
          "net",
          Shape.of(3, 8, 6),
          x ->
              x.block(
                      "features",
                      v ->
                          v.then("conv", Layer.conv(4, 3))
                              .then("norm", Layer.batchNorm())
                              .then("relu", Layer.relu()))
                  .then("features2", Layer.conv(5, 1).withoutBias())
                  .then("flat", Layer.flatten())
                  .then("fc", Layer.dense(10)));

  @Test
  void weights_are_named_after_paths_in_the_order_of_the_graph() {
    assertThat(GRAPH.weightShapes().keySet())
        .containsExactly(
            "features.conv.weight",
            "features.conv.bias",
            "features.norm.weight",
            "features.norm.bias",
            "features.norm.running_mean",
            "features.norm.running_var",
            "features2.weight",
            "fc.weight",
            "fc.bias");
    assertThat(GRAPH.weightShapes()).containsEntry("fc.weight", Shape.of(10, 120));
  }

  @Test
  void statistics_are_not_trained() {
    assertThat(GRAPH.trainableShapes())
        .containsKeys("features.norm.bias", "fc.bias")
        .doesNotContainKeys("features.norm.running_mean", "features.norm.running_var");
  }

  @Test
  void up_to_keeps_what_a_node_needs() {
    Graph body = GRAPH.upTo("features.relu");
    assertThat(body.nodes()).isEqualTo(GRAPH.nodes().subList(0, 4));
    assertThat(body.outputs()).isEqualTo(Map.of("output", "features.relu"));
    Graph side =
        Graph.draw("side", Shape.of(3), x -> x.then("a", Layer.dense(4)).then("b", Layer.dense(4)))
            .tap("a");
    assertThat(side.upTo("a").nodes()).hasSize(2);
  }

  @Test
  void a_tap_is_a_further_output() {
    Graph tapped = GRAPH.tap("features.relu", "flat");
    assertThat(tapped.nodes()).isEqualTo(GRAPH.nodes());
    assertThat(tapped.outputs().keySet()).containsExactly("output", "features.relu", "flat");
    assertThat(tapped.output("flat").shape()).isEqualTo(Shape.of(120));
  }

  @Test
  void another_head_replaces_all_that_follows() {
    Graph headed = GRAPH.freeze("features").withHead("flat", x -> x.then("fc", Layer.dense(2)));
    assertThat(headed.output("output").shape()).isEqualTo(Shape.of(2));
    assertThat(headed.node("features.conv").frozen()).isTrue();
    assertThat(headed.node("fc").frozen()).isFalse();
    assertThat(headed.nodes().subList(0, 6))
        .isEqualTo(GRAPH.freeze("features").nodes().subList(0, 6));
    assertThat(headed.trainableShapes())
        .containsOnlyKeys("features2.weight", "fc.weight", "fc.bias");
  }

  @Test
  void freezing_takes_what_lies_below_a_prefix_and_no_namesake() {
    Graph frozen = GRAPH.freeze("features");
    assertThat(frozen.nodes().stream().filter(Node::frozen).map(Node::path))
        .containsExactly("features.conv", "features.norm", "features.relu");
    assertThat(GRAPH.freeze().nodes()).allMatch(Node::frozen);
    assertThat(GRAPH.freeze("features", "fc").trainableShapes())
        .containsOnlyKeys("features2.weight");
    assertThat(GRAPH.nodes()).noneMatch(Node::frozen);
  }

  @Test
  void paths_and_outputs_that_are_not_there_are_said() {
    assertFails(() -> GRAPH.node("fc2"), "net: there is no node at fc2");
    assertFails(() -> GRAPH.upTo("fc2"), "net: there is no node at fc2");
    assertFails(() -> GRAPH.tap("fc2"), "net: there is no node at fc2");
    assertFails(() -> GRAPH.freeze("feat"), "net: there is nothing at feat to freeze");
    assertFails(
        () -> GRAPH.output("logits"), "net: there is no output 'logits'; there are [output]");
  }

  @Test
  void first_weights_depend_on_seed_and_path_only() {
    Weights weights = GRAPH.initialWeights(7);
    Graph longer =
        Graph.draw(
            "other",
            Shape.of(3, 8, 6),
            x ->
                x.then("more", Layer.conv(3, 1))
                    .block("features", v -> v.then("conv", Layer.conv(4, 3))));
    assertThat(longer.initialWeights(7).tensor("features.conv.weight"))
        .isEqualTo(weights.tensor("features.conv.weight"));
    assertThat(GRAPH.initialWeights(8).tensor("features.conv.weight"))
        .isNotEqualTo(weights.tensor("features.conv.weight"));
    assertThat(weights.tensors().keySet()).containsExactlyElementsOf(GRAPH.weightShapes().keySet());
    assertThat(weights.requireFit("net", GRAPH.weightShapes())).isSameAs(weights);
  }

  @Test
  void a_graph_that_contradicts_itself_is_refused() {
    List<Node> nodes = GRAPH.nodes();
    Map<String, String> outputs = GRAPH.outputs();
    Node fc = nodes.get(nodes.size() - 1);
    Node liar = new Node("fc", fc.layer(), fc.inputs(), fc.inputShapes(), Shape.of(11), false);
    assertFails(
        () -> new Graph("net", List.of(fc), outputs),
        "net: fc reads flat, which no earlier node makes");
    assertFails(
        () -> new Graph("net", List.of(nodes.get(0), nodes.get(0)), Map.of("output", "input")),
        "net: there are two nodes at input");
    assertFails(() -> new Graph("net", nodes, Map.of()), "net: a graph needs an output");
    assertFails(
        () -> new Graph("net", nodes, Map.of("output", "fc2")),
        "net: output 'output' is fc2, which is not a node");
    assertFails(
        () ->
            new Graph(
                "net",
                List.of(
                    nodes.get(0),
                    nodes.get(1),
                    nodes.get(2),
                    nodes.get(3),
                    nodes.get(4),
                    nodes.get(5),
                    liar),
                outputs),
        "net: fc has shapes [[120]] to [11], but its inputs are [[120]]");
  }

  private static void assertFails(Runnable act, String message) {
    assertThatThrownBy(act::run).isInstanceOf(GraphException.class).hasMessage(message);
  }
}
