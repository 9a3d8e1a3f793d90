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

class ClassifierHeadTest {
  @Test
  void the_features_of_a_classifier_are_what_its_last_layer_with_weights_reads() {
    assertThat(ClassifierHead.features(PretrainedNetworks.classifier())).isEqualTo("flatten");
    assertThat(ClassifierHead.features(PretrainedNetworks.convolutional())).isEqualTo("dropout");
  }

  @Test
  void the_features_of_a_network_without_its_top_are_its_output() {
    assertThat(ClassifierHead.features(PretrainedNetworks.withoutTop())).isEqualTo("layer2.relu");
  }

  @Test
  void a_thousand_outputs_are_those_of_ImageNet_wherever_its_pooling_stands() {
    Graph squeezed =
        Graph.build(
            "squeezed",
            PretrainedNetworks.IMAGE,
            v ->
                v.then("features", Layer.conv(4, 3))
                    .then("conv10", Layer.conv(1000, 1))
                    .then("pool", Layer.globalAvgPool()));
    assertThat(ClassifierHead.features(squeezed)).isEqualTo("features");
  }

  @Test
  void a_network_without_weights_has_no_place_for_a_head() {
    Graph pooling =
        Graph.build("pooling", PretrainedNetworks.IMAGE, v -> v.then(Layer.globalAvgPool()));
    assertThatThrownBy(() -> ClassifierHead.features(pooling))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "pooling has no layer with weights that a head could replace; specify the node that the head reads");
  }

  @Test
  void a_map_is_pooled_and_a_vector_is_not() {
    Graph ofMap = ClassifierHead.of(3).on(PretrainedNetworks.withoutTop(), "layer2.relu", "head");
    Graph ofVector = ClassifierHead.of(3).on(PretrainedNetworks.classifier(), "flatten", "head");
    assertThat(head(ofMap)).containsExactly("head.pool", "head.flatten", "head.dropout", "head.fc");
    assertThat(head(ofVector)).containsExactly("head.dropout", "head.fc");
    assertThat(ofMap.output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(3));
  }

  @Test
  void dropout_is_a_fifth_or_what_is_said_or_not_there() {
    Graph usual = ClassifierHead.of(3).on(PretrainedNetworks.classifier(), "flatten", "head");
    Graph none = new ClassifierHead(3, 0).on(PretrainedNetworks.classifier(), "flatten", "head");
    assertThat(usual.node("head.dropout").layer()).isEqualTo(new Dropout(0.2));
    assertThat(head(none)).containsExactly("head.fc");
  }

  @Test
  void on_a_frozen_base_the_head_alone_learns() {
    Graph graph =
        ClassifierHead.of(3).on(PretrainedNetworks.classifier().freeze(), "flatten", "head");
    assertThat(graph.trainableShapes())
        .isEqualTo(Map.of("head.fc.weight", Shape.of(3, 4), "head.fc.bias", Shape.of(3)));
  }

  private static Iterable<String> head(Graph graph) {
    return graph.nodes().stream().map(Node::path).filter(p -> p.startsWith("head.")).toList();
  }
}
