package dev.trifocal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.Value;
import dev.trifocal.layer.Layer;
import org.junit.jupiter.api.Test;

class FrozenBackboneTest {
  private final Graph whole =
      ClassifierHead.of(2).on(PretrainedNetworks.withoutTop().freeze(), "layer2.relu", "head");

  @Test
  void all_but_dropout_and_the_dense_layer_lies_in_front_of_a_new_head() {
    FrozenBackbone cut = FrozenBackbone.of(whole).orElseThrow();
    assertThat(paths(cut.rest())).containsExactly("head.flatten", "head.dropout", "head.fc");
    assertThat(cut.front().output(Graph.OUTPUT).path()).isEqualTo("head.flatten");
    assertThat(cut.elements()).isEqualTo(4);
  }

  @Test
  void what_learns_keeps_its_names_and_shapes() {
    Graph rest = FrozenBackbone.of(whole).orElseThrow().rest();
    assertThat(rest.trainableShapes()).isEqualTo(whole.trainableShapes());
    assertThat(rest.output(Graph.OUTPUT)).isEqualTo(whole.output(Graph.OUTPUT));
  }

  @Test
  void a_shortcut_is_never_cut() {
    Graph unfrozen = new Unfreezing.From("layer2.bn").unfreeze(whole);
    FrozenBackbone cut = FrozenBackbone.of(unfrozen).orElseThrow();
    assertThat(cut.front().output(Graph.OUTPUT).path()).isEqualTo("layer1.relu");
    assertThat(paths(cut.rest())).startsWith("layer1.relu", "layer2.conv", "layer2.bn");
    assertThat(cut.rest().node("layer2.conv").frozen()).isTrue();
  }

  @Test
  void a_network_that_learns_from_its_first_layer_on_has_no_front() {
    assertThat(FrozenBackbone.of(new Unfreezing.Everything().unfreeze(whole))).isEmpty();
    assertThat(FrozenBackbone.of(PretrainedNetworks.classifier())).isEmpty();
  }

  @Test
  void dropout_that_is_not_frozen_belongs_to_the_rest() {
    Graph dropping =
        Graph.build(
            "dropping",
            PretrainedNetworks.IMAGE,
            v ->
                v.then("pool", Layer.globalAvgPool())
                    .then("dropout", Layer.dropout(0.5))
                    .then("flatten", Layer.flatten())
                    .then("fc", Layer.dense(2)));
    assertThat(paths(FrozenBackbone.of(dropping).orElseThrow().rest()))
        .containsExactly("pool", "dropout", "flatten", "fc");
    assertThat(paths(FrozenBackbone.of(dropping.freeze("dropout")).orElseThrow().rest()))
        .containsExactly("flatten", "fc");
  }

  @Test
  void what_depends_on_the_other_samples_of_a_batch_belongs_to_the_rest() {
    Graph centred =
        Graph.build(
            "centred",
            PretrainedNetworks.IMAGE,
            v -> {
              Value pooled = v.then("pool", Layer.globalAvgPool());
              Value difference = pooled.minus(pooled.batchMean());
              return difference.then("flatten", Layer.flatten()).then("fc", Layer.dense(2));
            });
    FrozenBackbone cut = FrozenBackbone.of(centred).orElseThrow();
    assertThat(cut.front().output(Graph.OUTPUT).path()).isEqualTo("pool");
    assertThat(paths(cut.rest()))
        .containsExactly("pool", "batchreduce", "affine", "add", "flatten", "fc");
  }

  private static Iterable<String> paths(Graph graph) {
    return graph.nodes().stream().map(Node::path).toList();
  }
}
