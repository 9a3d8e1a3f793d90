package dev.trifocal.graph;

import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.globalAvgPool;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.sigmoid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.layer.Add;
import dev.trifocal.layer.Affine;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  private static final Shape IMAGE = Shape.of(3, 20, 31);

  @Test
  void a_network_is_drawn_node_after_node() {
    Graph graph =
        Graph.build(
            "small", IMAGE, v -> v.then("conv1", conv(8, 3)).then(relu()).then("pool", maxPool(2)));
    assertThat(graph.name()).isEqualTo("small");
    assertThat(graph.nodes())
        .extracting(Node::path)
        .containsExactly("input", "conv1", "relu", "pool");
    assertThat(graph.node("pool"))
        .isEqualTo(
            new Node(
                "pool",
                maxPool(2),
                List.of("relu"),
                List.of(Shape.of(8, 18, 29)),
                Shape.of(8, 9, 14),
                true,
                false));
    assertThat(graph.outputs()).isEqualTo(Map.of("output", "pool"));
  }

  @Test
  void blocks_put_their_names_before_those_of_their_layers() {
    Graph graph =
        Graph.build(
            "blocks",
            IMAGE,
            v ->
                v.block(
                        "layer1.0",
                        b ->
                            b.then("conv1", conv(3, 1))
                                .block("se", s -> s.then(sigmoid()).then("fc1", conv(3, 1)))
                                .then(relu())
                                .plus(b))
                    .then("head", conv(1, 1)));
    assertThat(graph.nodes())
        .extracting(Node::path)
        .containsExactly(
            "input",
            "layer1.0.conv1",
            "layer1.0.se.sigmoid",
            "layer1.0.se.fc1",
            "layer1.0.relu",
            "layer1.0.add",
            "head");
    assertThat(graph.node("layer1.0.add").inputs()).containsExactly("layer1.0.relu", "input");
  }

  @Test
  void layers_without_a_name_are_numbered_from_the_second_on_in_each_block() {
    Graph graph =
        Graph.build(
            "names",
            IMAGE,
            v ->
                v.then(relu())
                    .then(relu())
                    .then("relu_4", relu())
                    .then(relu())
                    .then(relu())
                    .block("b", b -> b.then(relu()).then(relu()))
                    .then(sigmoid()));
    assertThat(graph.nodes())
        .extracting(Node::path)
        .containsExactly(
            "input",
            "relu",
            "relu_2",
            "relu_4",
            "relu_3",
            "relu_5",
            "b.relu",
            "b.relu_2",
            "sigmoid");
  }

  @Test
  void joins_read_this_value_first_and_then_the_others_in_order() {
    GraphBuilder builder = new GraphBuilder("joins");
    Value a = builder.input("a", IMAGE);
    Value b = builder.input("b", IMAGE);
    Value c = builder.input("c", IMAGE);
    Value sum = b.plus(c, a);
    Value all = c.concat(sum, a);
    Value gated = all.times(all.then(globalAvgPool()));
    Graph graph = builder.output("gated", gated).output("sum", sum).graph();
    assertThat(graph.node(sum.path()).inputs()).containsExactly("b", "c", "a");
    assertThat(graph.node(all.path()).inputs()).containsExactly("c", "add", "a");
    assertThat(graph.node(gated.path()).inputs()).containsExactly("concat", "globalavgpool");
    assertThat(gated.shape()).isEqualTo(Shape.of(9, 20, 31));
  }

  @Test
  void a_graph_may_have_several_inputs_and_outputs() {
    GraphBuilder builder = new GraphBuilder("twins");
    Value image = builder.input("image", IMAGE);
    Value vector = builder.input("vector", Shape.of(5));
    Value features = image.then(flatten()).concat(vector);
    builder.output("class", features.then("class_head", dense(10)));
    builder.output("box", features.then("box_head", dense(4)));
    Graph graph = builder.graph();
    assertThat(graph.inputs()).extracting(Node::path).containsExactly("image", "vector");
    assertThat(graph.outputs().keySet()).containsExactly("class", "box");
    assertThat(graph.output("class").path()).isEqualTo("class_head");
    assertThat(graph.output("box").shape()).isEqualTo(Shape.of(4));
    assertThat(graph.node("concat").shape()).isEqualTo(Shape.of(1865));
  }

  @Test
  void arithmetic_on_values_is_drawn_as_layers() {
    GraphBuilder builder = new GraphBuilder("arithmetic");
    Value a = builder.input("a", Shape.of(4));
    Value b = builder.input("b", Shape.of(1));
    Value value = a.minus(b).square().plus(1).times(2).minus(0.5).sqrt().log().exp().abs().power(3);
    Value clipped = value.clip(-1, 2).dividedBy(b);
    Graph graph = builder.output("y", clipped).graph();
    assertThat(graph.nodes())
        .extracting(Node::path)
        .containsExactly(
            "a",
            "b",
            "affine",
            "add",
            "multiply",
            "affine_2",
            "affine_3",
            "affine_4",
            "sqrt",
            "log",
            "exp",
            "abs",
            "power",
            "clip",
            "divide");
    assertThat(graph.node("affine").layer()).isEqualTo(new Affine(List.of(-1f), List.of(0f)));
    assertThat(graph.node("affine").inputs()).containsExactly("b");
    assertThat(graph.node("affine_2").layer()).isEqualTo(new Affine(List.of(1f), List.of(1f)));
    assertThat(graph.node("affine_3").layer()).isEqualTo(new Affine(List.of(2f), List.of(0f)));
    assertThat(graph.node("affine_4").layer()).isEqualTo(new Affine(List.of(1f), List.of(-0.5f)));
    assertThat(clipped.shape()).isEqualTo(Shape.of(4));
  }

  @Test
  void a_mean_over_everything_is_one_number_for_the_batch() {
    Value image = new GraphBuilder("mean").input("input", IMAGE);
    assertThat(image.sum(0, 2).shape()).isEqualTo(Shape.of(1, 20, 1));
    assertThat(image.mean(1).batched()).isTrue();
    Value mean = image.mean();
    assertThat(mean.shape()).isEqualTo(Shape.of());
    assertThat(mean.batched()).isFalse();
    assertThat(mean.sum()).as("one number is its own sum").isSameAs(mean);
  }

  @Test
  void a_value_of_the_whole_batch_stays_so_until_it_meets_samples() {
    Value image = new GraphBuilder("rows").input("input", IMAGE);
    Value mean = image.batchMean();
    assertThat(mean.shape()).isEqualTo(IMAGE);
    assertThat(mean.batched()).isFalse();
    assertThat(mean.then(conv(4, 3)).then(relu()).batched()).isFalse();
    assertThat(mean.plus(mean).batched()).isFalse();
    assertThat(mean.plus(image).batched()).isTrue();
    assertThat(image.times(mean).batched()).isTrue();
    assertThat(mean.dividedBy(image).batched()).isTrue();
  }

  @Test
  void same_padding_is_settled_while_drawing() {
    Graph graph = Graph.build("same", IMAGE, v -> v.then("conv", conv(8, 3).stride(2).same()));
    assertThat(graph.node("conv").layer()).isEqualTo(conv(8, 3).stride(2).padding(0, 1, 1, 1));
    assertThat(graph.node("conv").shape()).isEqualTo(Shape.of(8, 10, 16));
  }

  @Test
  void a_value_stays_as_it_is_whatever_is_drawn_from_it() {
    GraphBuilder builder = new GraphBuilder("fork");
    Value input = builder.input("input", IMAGE);
    Value left = input.then("left", conv(4, 3));
    Value right = input.then("right", conv(5, 1));
    assertThat(List.of(input.path(), left.path(), right.path()))
        .containsExactly("input", "left", "right");
    assertThat(input.shape()).isEqualTo(IMAGE);
    assertThat(left.shape()).isEqualTo(Shape.of(4, 18, 29));
  }

  @Test
  void a_graph_does_not_follow_the_drawing_it_came_from() {
    GraphBuilder builder = new GraphBuilder("early");
    Value input = builder.input("input", IMAGE);
    Graph early = builder.output("first", input.then(relu())).graph();
    Graph late = builder.output("second", input.then(sigmoid())).graph();
    assertThat(early.nodes()).hasSize(2);
    assertThat(early.outputs()).containsOnlyKeys("first");
    assertThat(late.nodes()).hasSize(3);
  }

  @Test
  void a_block_ends_its_names_with_its_body() {
    Graph graph =
        Graph.build("skip", IMAGE, v -> v.block("b", b -> b).then("last", relu()).plus(v));
    assertThat(graph.nodes()).extracting(Node::path).containsExactly("input", "last", "add");
    assertThat(graph.output("output").layer()).isEqualTo(new Add());
  }
}
