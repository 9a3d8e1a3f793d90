package dev.trifocal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreezeTest {
  private final Graph graph = ResidualNetwork.graph();

  @Test
  void freezing_a_block_freezes_what_lies_below_it_and_no_block_of_a_longer_name() {
    assertThat(frozen(graph.freeze("layer1")))
        .containsExactly("layer1.conv", "layer1.bn", "layer1.add", "layer1.relu");
  }

  @Test
  void freezing_a_path_freezes_that_node() {
    assertThat(frozen(graph.freeze("layer10.bn", "conv1"))).containsExactly("conv1", "layer10.bn");
  }

  @Test
  void freezing_without_arguments_freezes_everything() {
    assertThat(graph.freeze().nodes()).allMatch(Node::frozen);
    assertThat(graph.freeze().trainableShapes()).isEmpty();
    assertThat(graph.freeze().weightShapes()).isEqualTo(graph.weightShapes());
  }

  @Test
  void freezing_adds_to_what_is_frozen_and_changes_nothing_else() {
    Graph twice = graph.freeze("conv1").freeze("fc");
    assertThat(frozen(twice)).containsExactly("conv1", "fc");
    assertThat(twice).isEqualTo(graph.freeze("fc", "conv1"));
    assertThat(twice.outputs()).isEqualTo(graph.outputs());
    assertThat(twice.node("fc").shape()).isEqualTo(Shape.of(10));
    assertThat(frozen(graph)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"layer2", "layer", "layer1.", "conv", "CONV1", ""})
  void a_prefix_that_matches_nothing_is_refused(String prefix) {
    assertThatThrownBy(() -> graph.freeze("conv1", prefix))
        .isInstanceOf(GraphException.class)
        .hasMessage(
            "residual: cannot freeze " + prefix + ": no node has this path or lies below it");
  }

  @Test
  void weights_stand_in_the_order_of_the_graph_with_statistics() {
    assertThat(graph.weightShapes().entrySet())
        .containsExactly(
            Map.entry("conv1.weight", Shape.of(4, 3, 3, 3)),
            Map.entry("layer1.conv.weight", Shape.of(4, 4, 3, 3)),
            Map.entry("layer1.conv.bias", Shape.of(4)),
            Map.entry("layer1.bn.weight", Shape.of(4)),
            Map.entry("layer1.bn.bias", Shape.of(4)),
            Map.entry("layer1.bn.running_mean", Shape.of(4)),
            Map.entry("layer1.bn.running_var", Shape.of(4)),
            Map.entry("layer10.conv.weight", Shape.of(4, 4, 3, 3)),
            Map.entry("layer10.conv.bias", Shape.of(4)),
            Map.entry("layer10.bn.weight", Shape.of(4)),
            Map.entry("layer10.bn.bias", Shape.of(4)),
            Map.entry("layer10.bn.running_mean", Shape.of(4)),
            Map.entry("layer10.bn.running_var", Shape.of(4)),
            Map.entry("fc.weight", Shape.of(10, 4)),
            Map.entry("fc.bias", Shape.of(10)));
  }

  @Test
  void what_is_trained_stands_in_the_order_of_the_graph_without_statistics_and_frozen_nodes() {
    assertThat(graph.freeze("conv1", "layer10").trainableShapes().entrySet())
        .containsExactly(
            Map.entry("layer1.conv.weight", Shape.of(4, 4, 3, 3)),
            Map.entry("layer1.conv.bias", Shape.of(4)),
            Map.entry("layer1.bn.weight", Shape.of(4)),
            Map.entry("layer1.bn.bias", Shape.of(4)),
            Map.entry("fc.weight", Shape.of(10, 4)),
            Map.entry("fc.bias", Shape.of(10)));
  }

  private static List<String> frozen(Graph graph) {
    return graph.nodes().stream().filter(Node::frozen).map(Node::path).toList();
  }
}
