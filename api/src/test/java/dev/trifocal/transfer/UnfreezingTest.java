package dev.trifocal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnfreezingTest {
  private final Graph frozen =
      ClassifierHead.of(2).on(PretrainedNetworks.classifier().freeze(), "flatten", "head");

  @Test
  void everything_learns() {
    assertThat(new Unfreezing.Everything().unfreeze(frozen).trainableShapes())
        .containsKeys("conv1.weight", "layer1.bn.bias", "layer2.conv.weight", "head.fc.bias");
  }

  @Test
  void from_a_layer_on_all_that_follows_learns() {
    Graph unfrozen = new Unfreezing.From("layer2.bn").unfreeze(frozen);
    assertThat(unfrozen.trainableShapes())
        .containsOnlyKeys("layer2.bn.weight", "layer2.bn.bias", "head.fc.weight", "head.fc.bias");
    assertThat(unfrozen.node("layer2.conv").frozen()).isTrue();
    assertThat(unfrozen.node("layer2.relu").frozen()).isFalse();
  }

  @Test
  void from_a_block_on_means_from_its_first_layer_on() {
    assertThat(new Unfreezing.From("layer2").unfreeze(frozen))
        .isEqualTo(new Unfreezing.From("layer2.conv").unfreeze(frozen));
  }

  @Test
  void the_last_layers_are_those_of_the_base_that_have_weights() {
    assertThat(new Unfreezing.Last(3).unfreeze(frozen))
        .isEqualTo(new Unfreezing.From("layer1.bn").unfreeze(frozen));
  }

  @ParameterizedTest
  @ValueSource(strings = {"layer3", "layer", "head.nothing"})
  void a_layer_that_is_not_there_is_named(String path) {
    assertThatThrownBy(() -> new Unfreezing.From(path).unfreeze(frozen))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "classifier: has no layer "
                + path
                + " to fine-tune from; specify the path of a node or block");
  }

  @Test
  void more_layers_than_there_are_cannot_be_fine_tuned() {
    assertThatThrownBy(() -> new Unfreezing.Last(6).unfreeze(frozen))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("classifier: 6 layers cannot be fine-tuned; the base has 5 with weights");
    assertThatThrownBy(() -> new Unfreezing.Last(0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the number of layers to fine-tune must be positive, but is 0");
  }
}
