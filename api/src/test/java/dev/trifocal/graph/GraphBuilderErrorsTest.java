package dev.trifocal.graph;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphBuilderErrorsTest {
  private static final Shape IMAGE = Shape.of(3, 32, 32);
  private static final String NOT_A_NAME =
      "' is not a name: use letters, digits and underscores, with dots between parts";

  @Test
  void a_mistake_is_told_with_graph_path_layer_and_shapes() {
    assertDrawing(
        v -> v.block("block2", b -> b.then("conv", conv(16, 3)).plus(b)),
        "lenet5: block2.add (Add) needs inputs of the same shape, but has [16, 30, 30] and [3, 32, 32]");
    assertDrawing(
        v -> v.block("head", b -> b.then("fc", dense(10))),
        "lenet5: head.fc (Dense) needs a vector [F], but has [3, 32, 32]; flatten it first");
    assertDrawing(
        v -> v.then(maxPool(33)),
        "lenet5: maxpool2d has a 33x33 kernel with dilation 1x1 and padding 0, "
            + "which does not fit an input of 32x32");
  }

  @Test
  void a_value_of_the_whole_batch_is_not_put_beside_values_of_each_sample() {
    assertDrawing(
        v -> v.block("tail", b -> b.concat(b.batchMean())),
        "lenet5: tail.concat (Concat) cannot combine a value of the whole batch with values of each"
            + " sample");
    assertDrawing(
        v -> v.batchSum().matmul(v),
        "lenet5: matmul (MatMul) cannot combine a value of the whole batch with values of each"
            + " sample");
  }

  @Test
  void a_kernel_that_takes_too_many_weights_is_told_where_it_is_drawn() {
    Shape deep = Shape.of(1 << 30, 3, 3);
    assertMessage(
        () -> Graph.build("big", deep, v -> v.then("conv", conv(1, 3))),
        "big: conv (Conv2d) has too large a kernel, 3x3 for 1073741824 maps");
  }

  @Test
  void a_layer_that_cannot_be_settled_is_told_with_its_path() {
    assertThatThrownBy(
            () ->
                Graph.build(
                    "mlp",
                    Shape.of(10),
                    v -> v.block("stem", b -> b.then("conv", conv(4, 3).same()))))
        .isInstanceOf(GraphException.class)
        .hasMessage("mlp: stem.conv (Conv2d) needs an image [C, H, W], but has [10]");
    assertThatThrownBy(
            () ->
                Graph.build(
                    "mlp", Shape.of(10), v -> v.block("stem", b -> b.then(conv(4, 3).same()))))
        .hasMessage("mlp: stem.layer (Conv2d) needs an image [C, H, W], but has [10]");
  }

  @Test
  void two_nodes_of_one_name_are_refused() {
    assertDrawing(
        v -> v.then("conv", conv(3, 1)).then("conv", relu()),
        "lenet5: two nodes have the path conv; rename one");
    assertDrawing(
        v -> v.block("a", b -> b.then("b.conv", relu())).block("a.b", b -> b.then("conv", relu())),
        "lenet5: two nodes have the path a.b.conv; rename one");
    assertDrawing(
        v -> v.then(relu()).then("relu", relu()),
        "lenet5: two nodes have the path relu; rename one");
    assertDrawing(
        v -> v.then("input", relu()), "lenet5: two nodes have the path input; rename one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "a/b", "größe", "a-b", "conv\n"})
  void a_malformed_name_is_refused_wherever_names_are_given(String name) {
    String message = "'" + name + NOT_A_NAME;
    assertDrawing(v -> v.then(name, relu()), message);
    assertDrawing(v -> v.block(name, b -> b.then(relu())), message);
    GraphBuilder builder = new GraphBuilder("lenet5");
    assertMessage(() -> builder.input(name, IMAGE), message);
    Value value = builder.input("input", IMAGE).then(relu());
    assertMessage(() -> builder.output(name, value), message);
  }

  @Test
  void values_of_another_drawing_are_refused() {
    GraphBuilder other = new GraphBuilder("other");
    Value stranger = other.input("stranger", IMAGE).then("far", relu());
    String message = " reads far, which belongs to another graph";
    assertDrawing(v -> v.plus(stranger), "lenet5: add" + message);
    assertDrawing(v -> v.concat(v, stranger), "lenet5: concat" + message);
    assertDrawing(v -> v.times(stranger), "lenet5: multiply" + message);
    assertDrawing(v -> stranger, "lenet5: output" + message);
    assertDrawing(v -> v.block("b", b -> stranger), "lenet5: b" + message);
  }

  @Test
  void two_outputs_of_one_name_are_refused() {
    GraphBuilder builder = new GraphBuilder("twins");
    Value value = builder.input("input", IMAGE).then(relu());
    builder.output("class", value);
    assertMessage(() -> builder.output("class", value), "twins: two outputs are named class");
  }

  @Test
  void an_output_named_as_an_input_is_refused() {
    assertMessage(
        () -> Graph.build("bad", IMAGE, v -> v).tap("input"),
        "bad: output 'input' has the name of an input");
    GraphBuilder builder = new GraphBuilder("bad");
    Value value = builder.input("image", IMAGE).then(relu());
    assertMessage(
        () -> builder.output("image", value).graph(),
        "bad: output 'image' has the name of an input");
  }

  @Test
  void a_drawing_without_outputs_is_no_graph() {
    GraphBuilder builder = new GraphBuilder("blank");
    builder.input("input", IMAGE);
    assertMessage(builder::graph, "blank: a graph needs an output");
  }

  private static void assertDrawing(UnaryOperator<Value> network, String message) {
    assertMessage(() -> Graph.build("lenet5", IMAGE, network), message);
  }

  private static void assertMessage(ThrowingCallable mistake, String message) {
    assertThatThrownBy(mistake).isInstanceOf(GraphException.class).hasMessage(message);
  }
}
