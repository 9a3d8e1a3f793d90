package dev.trifocal.graph;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static dev.trifocal.layer.Layer.upsample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.RecomputationPlan.Block;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecomputationPlanTest {
  private static final Shape IMAGE = Shape.of(8, 16, 16);

  @Test
  void a_chain_of_equal_layers_is_cut_into_about_as_many_blocks_as_a_block_has_layers() {
    List<Block> blocks = blocks(RecomputationPlanTest::chain);
    assertThat(blocks).hasSizeBetween(3, 6);
    assertThat(blocks.subList(0, blocks.size() - 1))
        .allSatisfy(block -> assertThat(block.kept()).hasSize(1));
    assertThat(peak(graph(RecomputationPlanTest::chain), blocks))
        .isLessThan(
            peak(graph(RecomputationPlanTest::chain), one(RecomputationPlanTest::chain)) / 2);
  }

  @Test
  void no_other_borders_of_a_chain_have_a_lower_peak() {
    Graph graph = graph(x -> uneven(x));
    long best = peak(graph, RecomputationPlan.of(graph).blocks());
    int places = graph.nodes().size() - 1;
    long lowest =
        IntStream.range(0, 1 << places)
            .mapToObj(
                choice ->
                    IntStream.rangeClosed(1, places)
                        .filter(border -> (choice >> (border - 1) & 1) == 1)
                        .boxed()
                        .toList())
            .mapToLong(borders -> peak(graph, RecomputationPlan.at(graph, borders).blocks()))
            .min()
            .orElseThrow();
    assertThat(best)
        .isEqualTo(lowest)
        .isLessThan(peak(graph, RecomputationPlan.none(graph).blocks()));
  }

  @Test
  void blocks_hold_all_nodes_in_their_order() {
    Graph graph = graph(RecomputationPlanTest::chain);
    assertThat(RecomputationPlan.of(graph).blocks().stream().flatMap(b -> b.nodes().stream()))
        .containsExactlyElementsOf(graph.nodes());
    assertThat(RecomputationPlan.none(graph).blocks())
        .containsExactly(new Block(graph.nodes(), Set.of("c15")));
  }

  @Test
  void an_activation_stays_with_the_layer_before_it() {
    List<Block> blocks = blocks(RecomputationPlanTest::residual);
    assertThat(blocks).hasSizeGreaterThan(2);
    assertThat(blocks.subList(1, blocks.size()))
        .allSatisfy(block -> assertThat(block.nodes().get(0).path()).doesNotContain("relu", "add"));
  }

  @Test
  void what_a_skip_connection_reads_later_is_kept() {
    List<Block> blocks = blocks(RecomputationPlanTest::unet);
    assertThat(blocks).hasSizeGreaterThan(1);
    Set<String> kept =
        blocks.stream().flatMap(block -> block.kept().stream()).collect(Collectors.toSet());
    assertThat(kept).contains("skip");
  }

  @Test
  void a_network_that_gains_nothing_is_one_block() {
    assertThat(blocks(x -> x.then(flatten()).then(dense(4)))).hasSize(1);
    assertThat(blocks(x -> x.then("only", conv(8, 3)))).hasSize(1);
  }

  @Test
  void values_without_gradients_are_no_reason_to_cut() {
    Graph frozen = graph(RecomputationPlanTest::chain);
    assertThat(RecomputationPlan.of(frozen.freeze()).blocks()).hasSize(1);
  }

  private static Value chain(Value x) {
    Value value = x;
    for (int i = 0; i < 16; i++) {
      value = value.then("c" + i, conv(8, 3).padding(1));
    }
    return value;
  }

  private static Value uneven(Value x) {
    Value value = x.then("a", conv(8, 3).padding(1)).then("b", conv(16, 3).padding(1));
    value = value.then("p", maxPool(2)).then("c", conv(16, 3).padding(1));
    value = value.then("d", conv(24, 3).padding(1)).then("e", conv(8, 3).padding(1));
    return value.then("f", conv(40, 1)).then("g", conv(8, 1)).then("h", conv(8, 1));
  }

  private static Value residual(Value x) {
    Value value = x;
    for (int i = 0; i < 8; i++) {
      Value inner = value.then(conv(8, 3).padding(1)).then(batchNorm()).then(relu());
      value = inner.then(conv(8, 3).padding(1)).then(batchNorm()).plus(value).then(relu());
    }
    return value;
  }

  private static Value unet(Value x) {
    Value skip = convolutions(x, 5).then("skip", conv(8, 3).padding(1));
    Value low = convolutions(skip.then(maxPool(2)), 3).then(upsample(2));
    return convolutions(skip.concat(low), 5);
  }

  private static Value convolutions(Value x, int count) {
    Value value = x;
    for (int i = 0; i < count; i++) {
      value = value.then(conv(8, 3).padding(1));
    }
    return value;
  }

  private static Graph graph(UnaryOperator<Value> network) {
    return Graph.build("net", IMAGE, network);
  }

  private static List<Block> blocks(UnaryOperator<Value> network) {
    return RecomputationPlan.of(graph(network)).blocks();
  }

  private static List<Block> one(UnaryOperator<Value> network) {
    return RecomputationPlan.none(graph(network)).blocks();
  }

  /** The estimate of the peak, in elements of a sample, of a chain without merged values. */
  private static long peak(Graph graph, List<Block> blocks) {
    long kept = 0;
    long peak = 0;
    for (Block block : blocks) {
      long held = 0;
      for (Node node : block.nodes()) {
        long size = size(node);
        held += size;
        long gradients =
            size + node.inputs().stream().mapToLong(path -> size(graph.node(path))).sum();
        peak = Math.max(peak, kept + held + gradients);
      }
      kept += block.kept().stream().mapToLong(path -> size(graph.node(path))).sum();
    }
    return peak;
  }

  private static long size(Node node) {
    return node.layer().isInput() ? 0 : node.shape().elements();
  }
}
