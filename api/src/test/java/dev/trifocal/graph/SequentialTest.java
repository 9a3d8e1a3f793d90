package dev.trifocal.graph;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.gelu;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SequentialTest {
  private static final Shape IMAGE = Shape.of(3, 9, 7);

  @Test
  void layers_in_a_block_are_named_by_their_place() {
    assertThat(
            paths(
                image ->
                    image
                        .block("features", Sequential.of(conv(4, 3), relu(), conv(8, 3).same()))
                        .then("flatten", flatten())
                        .block("classifier", Sequential.of(List.of(dense(5), gelu())))))
        .containsExactly(
            "input",
            "features.0",
            "features.1",
            "features.2",
            "flatten",
            "classifier.0",
            "classifier.1");
  }

  @Test
  void numbers_go_on_where_some_are_taken() {
    Sequential unit = Sequential.of(conv(4, 1), relu());
    assertThat(paths(image -> image.then(unit).then("12", relu()).then(unit).then(unit)))
        .containsExactly("input", "0", "1", "12", "13", "14", "15", "16");
  }

  @Test
  void a_block_has_its_number_before_its_names() {
    UnaryOperator<Value> residual = SequentialTest::residual;
    assertThat(
            paths(
                image ->
                    image.block("layer1", Sequential.of(conv(4, 1)).then(residual).then(residual))))
        .containsExactly(
            "input",
            "layer1.0",
            "layer1.1.conv1",
            "layer1.1.bn1",
            "layer1.1.add",
            "layer1.2.conv1",
            "layer1.2.bn1",
            "layer1.2.add");
  }

  @Test
  void a_block_reads_from_left_to_right_and_names_its_nodes_as_if_they_were_drawn_there() {
    List<String> applied =
        paths(
            image ->
                image
                    .then(SequentialTest::residual)
                    .then(x -> x.then("head", conv(2, 1)).then(relu())));
    List<String> nested = paths(image -> residual(image).then("head", conv(2, 1)).then(relu()));
    assertThat(applied).isEqualTo(nested).contains("conv1", "add", "head", "relu");
  }

  @Test
  void a_block_that_leaves_its_scope_goes_on_in_this_one() {
    assertThat(
            paths(
                image ->
                    image
                        .then(
                            x -> {
                              Value[] inside = new Value[1];
                              x.block("deep", y -> inside[0] = y.then("a", relu()));
                              return inside[0];
                            })
                        .then("b", relu())))
        .containsExactly("input", "deep.a", "b");
  }

  @Test
  void a_block_may_not_return_a_value_of_another_drawing() {
    Value other = new GraphBuilder("other").input("input", IMAGE);
    assertThatThrownBy(() -> paths(image -> image.then(x -> other)))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("belongs to another graph");
  }

  @Test
  void sums_products_and_joins_can_be_named() {
    Graph graph =
        Graph.build(
            "named",
            IMAGE,
            image -> {
              Value a = image.then("a", conv(3, 1));
              return a.plus("sum", image).times("gated", a).concat("joined", image, a);
            });
    assertThat(graph.node("sum").inputs()).containsExactly("a", "input");
    assertThat(graph.node("gated").inputs()).containsExactly("sum", "a");
    assertThat(graph.node("joined").shape()).isEqualTo(Shape.of(9, 9, 7));
  }

  private static Value residual(Value x) {
    int maps = x.shape().size(0);
    return x.then("conv1", conv(maps, 3).same()).then("bn1", batchNorm()).plus("add", x);
  }

  private static List<String> paths(UnaryOperator<Value> body) {
    return Graph.build("net", IMAGE, body).nodes().stream().map(Node::path).toList();
  }
}
