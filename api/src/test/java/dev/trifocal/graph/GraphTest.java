package dev.trifocal.graph;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GraphTest {
  private final Graph graph = ResidualNetwork.graph();

  @AfterEach
  void transforms_leave_the_original_alone() {
    assertThat(graph).isEqualTo(ResidualNetwork.graph());
  }

  @Test
  void up_to_keeps_what_a_node_needs_and_nothing_else() {
    Graph part = graph.upTo("layer1.add");
    assertThat(part.name()).isEqualTo("residual");
    assertThat(part.nodes()).isEqualTo(graph.nodes().subList(0, 5));
    assertThat(part.outputs()).isEqualTo(Map.of("output", "layer1.add"));
    assertThat(graph.upTo("fc")).isEqualTo(graph);
  }

  @Test
  void up_to_leaves_side_branches_and_their_inputs_out() {
    GraphBuilder builder = new GraphBuilder("twins");
    Value left = builder.input("left", Shape.of(5)).then("fc_left", dense(2));
    Value right = builder.input("right", Shape.of(6)).then("fc_right", dense(2));
    builder.output("sum", left.plus(right)).output("left_alone", left.then("own", relu()));
    Graph part = builder.graph().upTo("own");
    assertThat(part.nodes()).extracting(Node::path).containsExactly("left", "fc_left", "own");
    assertThat(part.outputs()).isEqualTo(Map.of("output", "own"));
  }

  @Test
  void a_tap_adds_outputs_named_after_their_paths() {
    Graph tapped = graph.tap("layer10.relu", "conv1");
    assertThat(tapped.nodes()).isEqualTo(graph.nodes());
    assertThat(tapped.outputs().keySet()).containsExactly("output", "layer10.relu", "conv1");
    assertThat(tapped.output("output").path()).isEqualTo("fc");
    assertThat(tapped.output("conv1")).isEqualTo(graph.node("conv1"));
    assertThat(tapped.tap("conv1")).isEqualTo(tapped);
  }

  @Test
  void a_tap_never_takes_the_name_of_another_output() {
    Graph named =
        Graph.build("named", Shape.of(5), v -> v.then("output", dense(3)).then(softmax()));
    assertThatThrownBy(() -> named.tap("output"))
        .isInstanceOf(GraphException.class)
        .hasMessage("named: two outputs are named output");
  }

  @Test
  void with_head_replaces_what_follows_a_node() {
    Graph headed = graph.withHead("flatten", v -> v.then("classifier", dense(5)).then(softmax()));
    assertThat(headed.name()).isEqualTo("residual");
    assertThat(headed.nodes()).startsWith(graph.upTo("flatten").nodes().toArray(Node[]::new));
    assertThat(headed.nodes())
        .extracting(Node::path)
        .endsWith("flatten", "classifier", "softmax")
        .doesNotContain("fc");
    assertThat(headed.outputs()).isEqualTo(Map.of("output", "softmax"));
    assertThat(headed.output("output").shape()).isEqualTo(Shape.of(5));
  }

  @Test
  void with_head_keeps_what_is_frozen_and_unfreezes_nothing() {
    Graph headed =
        graph
            .freeze("conv1", "layer1.bn", "fc")
            .withHead("avgpool", v -> v.then(flatten()).then("fc", dense(5)));
    assertThat(headed.nodes())
        .filteredOn(Node::frozen)
        .extracting(Node::path)
        .containsExactly("conv1", "layer1.bn");
  }

  @Test
  void with_front_lets_all_readers_of_the_input_read_something_else() {
    Graph fronted =
        graph.freeze("conv1").withFront("input", v -> v.then("scale", relu()).then(relu()));
    assertThat(fronted.nodes())
        .extracting(Node::path)
        .startsWith("input", "scale", "relu")
        .endsWith(graph.nodes().stream().skip(1).map(Node::path).toArray(String[]::new));
    assertThat(fronted.node("conv1").inputs()).containsExactly("relu");
    assertThat(fronted.node("conv1").frozen()).isTrue();
    assertThat(fronted.outputs()).isEqualTo(graph.outputs());
    assertThat(fronted.weightShapes()).isEqualTo(graph.weightShapes());
    assertThatThrownBy(() -> graph.withFront("image", v -> v))
        .hasMessage("residual: there is no node at image");
  }

  @Test
  void an_offset_is_added_to_a_value_before_it_is_read() {
    Graph shifted = graph.freeze("conv1").withOffset("conv1", "offset");
    assertThat(shifted.node("offset").shape()).isEqualTo(graph.node("conv1").shape());
    assertThat(shifted.node("offset").frozen()).isFalse();
    assertThat(shifted.node("conv1").frozen()).isTrue();
    assertThat(shifted.node("offset_sum").inputs()).containsExactly("conv1", "offset");
    assertThat(shifted.nodes())
        .filteredOn(node -> node.inputs().contains("conv1"))
        .extracting(Node::path)
        .containsExactly("offset_sum");
    assertThat(shifted.outputs()).isEqualTo(graph.outputs());
    assertThatThrownBy(() -> graph.withOffset("image", "offset"))
        .hasMessage("residual: there is no node at image");
    assertThatThrownBy(() -> graph.withOffset("conv1", "flatten"))
        .hasMessage("residual: two nodes have the path flatten; rename one");
  }

  @Test
  void keep_leaves_out_what_only_other_outputs_need() {
    Graph tapped = graph.tap("conv1");
    Graph kept = tapped.keep(Set.of("conv1"));
    assertThat(kept.outputs()).isEqualTo(Map.of("conv1", "conv1"));
    assertThat(kept.nodes()).extracting(Node::path).containsExactly("input", "conv1");
    assertThat(tapped.keep(Set.of("output"))).isEqualTo(graph);
    assertThatThrownBy(() -> tapped.keep(Set.of("aux")))
        .hasMessage("residual: there is no output 'aux'; there are [output, conv1]");
  }

  @Test
  void with_head_may_draw_from_earlier_names_but_not_take_them() {
    assertThatThrownBy(() -> graph.withHead("flatten", v -> v.then("conv1", dense(5))))
        .isInstanceOf(GraphException.class)
        .hasMessage("residual: two nodes have the path conv1; rename one");
    Graph renamed = graph.withHead("flatten", v -> v.then(flatten()));
    assertThat(renamed.output("output").path()).isEqualTo("flatten_2");
  }

  @Test
  void a_path_that_is_not_there_is_named() {
    String message = "residual: there is no node at layer1.conv9";
    assertThatThrownBy(() -> graph.node("layer1.conv9"))
        .isInstanceOf(GraphException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> graph.upTo("layer1.conv9")).hasMessage(message);
    assertThatThrownBy(() -> graph.tap("conv1", "layer1.conv9")).hasMessage(message);
    assertThatThrownBy(() -> graph.withHead("layer1.conv9", v -> v)).hasMessage(message);
  }

  @Test
  void an_output_that_is_not_there_is_named_beside_those_that_are() {
    assertThatThrownBy(() -> graph.tap("conv1").output("logits"))
        .isInstanceOf(GraphException.class)
        .hasMessage("residual: there is no output 'logits'; there are [output, conv1]");
  }

  @Test
  void nodes_and_outputs_cannot_be_changed_from_outside() {
    assertThatThrownBy(() -> graph.nodes().remove(0)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> graph.outputs().clear()).isInstanceOf(RuntimeException.class);
    Map<String, String> outputs = new HashMap<>(Map.of("a", "fc"));
    List<Node> nodes = new ArrayList<>(graph.nodes());
    Graph copy = new Graph("copy", nodes, outputs);
    outputs.put("b", "nowhere");
    nodes.clear();
    assertThat(copy.outputs()).isEqualTo(Map.of("a", "fc"));
    assertThat(copy.nodes()).isEqualTo(graph.nodes());
    assertThat(copy.inputs()).extracting(Node::path).containsExactly("input");
  }
}
