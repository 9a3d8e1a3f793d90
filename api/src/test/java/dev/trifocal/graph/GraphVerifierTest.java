package dev.trifocal.graph;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphVerifierTest {
  private static final Shape FIVE = Shape.of(5);
  private static final Shape THREE = Shape.of(3);
  private static final Map<String, String> OUTPUT = Map.of("output", "fc");
  private static final Node INPUT =
      new Node("input", new Input(FIVE), List.of(), List.of(), FIVE, true, false);
  private static final Node FC = node("fc", dense(3), "input", FIVE, THREE);

  @Test
  void nodes_that_follow_from_one_another_are_a_graph() {
    assertThat(new Graph("net", List.of(INPUT, FC), OUTPUT))
        .isEqualTo(Graph.build("net", FIVE, v -> v.then("fc", dense(3))));
  }

  @Test
  void a_node_that_reads_a_later_one_is_refused() {
    assertMessage("net: fc reads input, which is not an earlier node", OUTPUT, FC, INPUT);
    assertMessage(
        "net: fc reads fc, which is not an earlier node",
        OUTPUT,
        INPUT,
        node("fc", relu(), "fc", FIVE, FIVE));
    assertMessage(
        "net: fc reads nowhere, which is not an earlier node",
        OUTPUT,
        INPUT,
        node("fc", dense(3), "nowhere", FIVE, THREE));
  }

  @Test
  void a_node_of_a_shape_that_its_layer_does_not_make_is_refused() {
    assertMessage(
        "net: fc maps [[5]] to [5], but its inputs are [[5]]",
        OUTPUT,
        INPUT,
        node("fc", dense(3), "input", FIVE, FIVE));
  }

  @Test
  void a_node_that_expects_other_inputs_than_it_reads_is_refused() {
    assertMessage(
        "net: fc maps [[3]] to [3], but its inputs are [[5]]",
        OUTPUT,
        INPUT,
        node("fc", dense(3), "input", THREE, THREE));
  }

  @Test
  void a_node_whose_layer_does_not_suit_its_inputs_is_refused() {
    Shape image = Shape.of(3, 4, 5);
    Node input = new Node("input", new Input(image), List.of(), List.of(), image, true, false);
    assertMessage(
        "net: fc (Dense) needs a vector [F], but has [3, 4, 5]; flatten it first",
        OUTPUT,
        input,
        node("fc", dense(3), "input", image, THREE));
  }

  @Test
  void a_node_with_other_rows_than_its_layer_makes_is_refused() {
    Node unbatched = new Node("fc", dense(3), List.of("input"), List.of(FIVE), THREE, false, false);
    assertMessage("net: fc is not batched, which contradicts its inputs", OUTPUT, INPUT, unbatched);
  }

  @Test
  void two_nodes_at_one_path_are_refused() {
    assertMessage("net: two nodes have the path fc", OUTPUT, INPUT, FC, FC);
  }

  @Test
  void a_graph_without_outputs_is_refused() {
    assertMessage("net: a graph needs an output", Map.of(), INPUT, FC);
  }

  @Test
  void an_output_that_is_not_a_node_is_refused() {
    assertMessage(
        "net: output 'logits' is fc2, which is not a node", Map.of("logits", "fc2"), INPUT, FC);
  }

  @Test
  void an_output_named_as_an_input_is_refused() {
    assertMessage("net: output 'input' has the name of an input", Map.of("input", "fc"), INPUT, FC);
  }

  private static Node node(String path, Layer layer, String from, Shape input, Shape output) {
    return new Node(path, layer, List.of(from), List.of(input), output, true, false);
  }

  private static void assertMessage(String message, Map<String, String> outputs, Node... nodes) {
    assertThatThrownBy(() -> new Graph("net", List.of(nodes), outputs))
        .isInstanceOf(GraphException.class)
        .hasMessage(message);
  }
}
