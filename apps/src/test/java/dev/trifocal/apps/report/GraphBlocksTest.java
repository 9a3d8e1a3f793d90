package dev.trifocal.apps.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphBlocksTest {
  static List<ZooModel> models() {
    return Zoo.list();
  }

  @Test
  void a_small_network_is_shown_layer_by_layer() {
    Graph graph = Zoo.find("vgg16").graph();
    assertThat(GraphBlocks.of(graph)).hasSameSizeAs(graph.nodes());
  }

  @Test
  void a_large_one_is_cut_along_its_paths() {
    assertThat(GraphBlocks.of(Zoo.find("squeezenet1_0").graph()))
        .extracting(GraphBlocks.Block::path)
        .containsSequence("features.2", "features.3", "features.4", "features.5")
        .contains("classifier.1", "flatten");
    assertThat(GraphBlocks.of(Zoo.find("googlenet").graph()))
        .extracting(GraphBlocks.Block::path)
        .containsSequence("maxpool3", "inception4a", "inception4b");
  }

  @ParameterizedTest
  @MethodSource("models")
  void no_node_is_lost_and_the_rows_are_few(ZooModel model) {
    Graph graph = model.graph();
    List<GraphBlocks.Block> blocks = GraphBlocks.of(graph);
    assertThat(blocks.stream().flatMap(block -> block.nodes().stream()).toList())
        .isEqualTo(graph.nodes());
    assertThat(blocks).hasSizeLessThanOrEqualTo(64);
  }
}
