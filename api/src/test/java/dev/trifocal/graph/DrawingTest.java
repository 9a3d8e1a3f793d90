package dev.trifocal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawingTest {
  private static final Shape IMAGE = Shape.of(3, 32, 32);

  @Test
  void names_are_given_or_follow_the_kind_and_are_numbered() {
    assertThat(
            paths(
                x ->
                    x.then(Layer.conv(3, 3))
                        .then(Layer.relu())
                        .then("named", Layer.relu())
                        .then(Layer.relu())
                        .then(Layer.conv(3, 3))))
        .containsExactly("input", "conv2d", "relu", "named", "relu_2", "conv2d_2");
  }

  @Test
  void blocks_put_their_name_in_front_and_number_for_themselves() {
    assertThat(
            paths(
                x ->
                    x.then(Layer.relu())
                        .block(
                            "layer1.0",
                            v ->
                                v.then(Layer.relu())
                                    .block("in", w -> w.then("conv", Layer.conv(3, 1)))
                                    .then(Layer.relu()))
                        .then(Layer.relu())))
        .containsExactly(
            "input", "relu", "layer1.0.relu", "layer1.0.in.conv", "layer1.0.relu_2", "relu_2");
  }

  @Test
  void values_meet_in_sums_products_and_concatenations() {
    Graph graph =
        Graph.draw(
            "meet",
            IMAGE,
            x -> x.plus(x, x).times(x.then(Layer.globalAvgPool())).concat(x, x.then(Layer.relu())));
    assertThat(graph.output("output").shape()).isEqualTo(Shape.of(9, 32, 32));
    assertThat(graph.node("add").inputs()).containsExactly("input", "input", "input");
    assertThat(graph.node("multiply").inputs()).containsExactly("add", "globalavgpool");
  }

  @Test
  void same_padding_is_settled_while_drawing() {
    Graph graph = Graph.draw("same", IMAGE, x -> x.then(Layer.conv(5, 3).stride(2).same()));
    assertThat(graph.output("output").shape()).isEqualTo(Shape.of(5, 16, 16));
    assertThat(graph.node("conv2d").layer().toString()).contains("padding=[0,0,1,1]");
  }

  @Test
  void a_wrong_shape_is_said_with_graph_path_and_kind() {
    assertFails(
        x -> x.block("block2", v -> v.then("conv", Layer.conv(16, 3)).plus(x)),
        "lenet5: block2.add (Add) needs inputs of one shape, but has [16, 30, 30] and [3, 32, 32]");
    assertFails(
        x -> x.then("fc", Layer.dense(10)),
        "lenet5: fc (Dense) needs a vector [F], but has [3, 32, 32]; flatten it first");
    assertFails(
        x -> x.then("stem", Layer.conv(5, 40)),
        "lenet5: stem has a 40x40 kernel with dilation 1x1 and padding 0, which does not fit an"
            + " input of 32x32");
    assertFails(
        x -> x.then(Layer.flatten()).then("pool", Layer.maxPool(2).same()),
        "lenet5: pool (MaxPool2d) needs an image [C, H, W], but has [3072]");
  }

  @Test
  void a_name_that_is_taken_is_refused() {
    assertFails(
        x -> x.then("conv", Layer.conv(3, 3)).then("conv", Layer.conv(3, 3)),
        "lenet5: there are two nodes at conv; give one another name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", ".a", "a.", "a..b", "a/b", "größe", "a\n"})
  void a_malformed_name_is_refused(String name) {
    assertFails(
        x -> x.then(name, Layer.relu()),
        "'%s' is not a name: use letters, digits and underscores, with dots between parts"
            .formatted(name));
    assertFails(
        x -> x.block(name, v -> v.then(Layer.relu())),
        "'%s' is not a name: use letters, digits and underscores, with dots between parts"
            .formatted(name));
  }

  @Test
  void a_value_of_another_drawing_is_refused() {
    Value foreign = new Drawing("other").input("there", IMAGE);
    assertFails(x -> x.plus(foreign), "lenet5: add reads there, which belongs to another drawing");
    assertFails(x -> foreign, "lenet5: output reads there, which belongs to another drawing");
  }

  @Test
  void two_outputs_cannot_share_a_name() {
    Drawing drawing = new Drawing("lenet5");
    Value value = drawing.input("input", IMAGE);
    drawing.output("a", value);
    assertThatThrownBy(() -> drawing.output("a", value))
        .isInstanceOf(GraphException.class)
        .hasMessage("lenet5: there are two outputs named a");
  }

  private static List<String> paths(UnaryOperator<Value> network) {
    return Graph.draw("lenet5", IMAGE, network).nodes().stream().map(Node::path).toList();
  }

  private static void assertFails(UnaryOperator<Value> network, String message) {
    assertThatThrownBy(() -> Graph.draw("lenet5", IMAGE, network))
        .isInstanceOf(GraphException.class)
        .hasMessage(message);
  }
}
