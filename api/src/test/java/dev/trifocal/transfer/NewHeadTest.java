package dev.trifocal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Dropout;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewHeadTest {
  @Test
  void the_features_of_a_classifier_are_what_its_last_layer_with_weights_reads() {
    assertThat(NewHead.features(Pretrained.classifier())).isEqualTo("flatten");
    assertThat(NewHead.features(Pretrained.convolutional())).isEqualTo("dropout");
  }

  @Test
  void the_features_of_a_network_without_its_top_are_its_output() {
    assertThat(NewHead.features(Pretrained.withoutTop())).isEqualTo("layer2.relu");
  }

  @Test
  void a_thousand_outputs_are_those_of_ImageNet_wherever_its_pooling_stands() {
    Graph squeezed =
        Graph.draw(
            "squeezed",
            Pretrained.IMAGE,
            v ->
                v.then("features", Layer.conv(4, 3))
                    .then("conv10", Layer.conv(1000, 1))
                    .then("pool", Layer.globalAvgPool()));
    assertThat(NewHead.features(squeezed)).isEqualTo("features");
  }

  @Test
  void a_network_without_weights_has_no_place_for_a_head() {
    Graph pooling = Graph.draw("pooling", Pretrained.IMAGE, v -> v.then(Layer.globalAvgPool()));
    assertThatThrownBy(() -> NewHead.features(pooling))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "pooling has no layer with weights that a head could replace; name a --head PATH");
  }

  @Test
  void a_map_is_pooled_and_a_vector_is_not() {
    Graph ofMap = NewHead.of(3).on(Pretrained.withoutTop(), "layer2.relu", "head");
    Graph ofVector = NewHead.of(3).on(Pretrained.classifier(), "flatten", "head");
    assertThat(head(ofMap)).containsExactly("head.pool", "head.flatten", "head.dropout", "head.fc");
    assertThat(head(ofVector)).containsExactly("head.dropout", "head.fc");
    assertThat(ofMap.output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(3));
  }

  @Test
  void dropout_is_a_fifth_or_what_is_said_or_not_there() {
    Graph usual = NewHead.of(3).on(Pretrained.classifier(), "flatten", "head");
    Graph none = new NewHead(3, 0).on(Pretrained.classifier(), "flatten", "head");
    assertThat(usual.node("head.dropout").layer()).isEqualTo(new Dropout(0.2));
    assertThat(head(none)).containsExactly("head.fc");
  }

  @Test
  void on_a_frozen_base_the_head_alone_learns() {
    Graph graph = NewHead.of(3).on(Pretrained.classifier().freeze(), "flatten", "head");
    assertThat(graph.trainableShapes())
        .isEqualTo(Map.of("head.fc.weight", Shape.of(3, 4), "head.fc.bias", Shape.of(3)));
  }

  private static Iterable<String> head(Graph graph) {
    return graph.nodes().stream().map(Node::path).filter(p -> p.startsWith("head.")).toList();
  }
}
