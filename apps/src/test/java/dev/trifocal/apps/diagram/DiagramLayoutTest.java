package dev.trifocal.apps.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiagramLayoutTest {
  static List<ZooModel> models() {
    return Zoo.list();
  }

  @Test
  void a_chain_stays_in_its_lane_and_a_side_branch_takes_the_next() {
    DiagramLayout diagramLayout = DiagramLayout.of(ResidualBlockGraph.RESIDUAL);
    assertThat(ResidualBlockGraph.RESIDUAL.nodes())
        .extracting(
            Node::path,
            node -> diagramLayout.row(node.path()),
            node -> diagramLayout.lane(node.path()))
        .containsExactly(
            tuple("input", 0, 0),
            tuple("stem", 1, 0),
            tuple("layer1.conv1", 2, 0),
            tuple("layer1.relu", 3, 0),
            tuple("layer1.down", 2, 1),
            tuple("layer1.conv2", 4, 0),
            tuple("layer1.add", 5, 0),
            tuple("add", 6, 0));
    assertThat(diagramLayout.laneCount()).isEqualTo(2);
    assertThat(diagramLayout.rowCount()).isEqualTo(7);
  }

  @Test
  void what_stands_between_two_nodes_of_a_lane_is_seen() {
    DiagramLayout diagramLayout = DiagramLayout.of(ResidualBlockGraph.RESIDUAL);
    assertThat(diagramLayout.isClear("stem", "add")).isFalse();
    assertThat(diagramLayout.isClear("layer1.conv1", "layer1.relu")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("models")
  void no_two_nodes_stand_in_one_place_and_each_stands_below_its_inputs(ZooModel model) {
    Graph graph = model.trainingGraph(model.input(), model.options()).graph();
    DiagramLayout diagramLayout = DiagramLayout.of(graph);
    assertThat(graph.nodes())
        .extracting(node -> diagramLayout.row(node.path()) + "/" + diagramLayout.lane(node.path()))
        .doesNotHaveDuplicates();
    for (Node node : graph.nodes()) {
      assertThat(node.inputs())
          .allSatisfy(
              i -> assertThat(diagramLayout.row(i)).isLessThan(diagramLayout.row(node.path())));
    }
  }
}
