package dev.trifocal.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.transfer.ClassifierHead;
import dev.trifocal.transfer.Unfreezing;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The figures of Keras's tutorial "Transfer learning and fine-tuning": MobileNetV2 without its top
 * at 160x160, then global average pooling, dropout of 0.2 and one unit.
 */
class TransferCountsTest {
  private static final String MAP = "features.18.2";

  private final Graph frozen =
      ClassifierHead.of(1)
          .on(Zoo.find("mobilenet-v2").graph(Shape.of(3, 160, 160), 1000).freeze(), MAP, "head");

  @Test
  void the_map_that_is_pooled_is_5_by_5() {
    assertThat(frozen.node(MAP).shape()).isEqualTo(Shape.of(1280, 5, 5));
  }

  @Test
  void while_the_base_is_frozen_1281_parameters_in_2_tensors_learn() {
    assertThat(frozen.trainableShapes())
        .isEqualTo(Map.of("head.fc.weight", Shape.of(1, 1280), "head.fc.bias", Shape.of(1)));
    assertThat(elements(frozen.trainableShapes())).isEqualTo(1_281);
  }

  @Test
  void the_whole_has_2259265_parameters_with_the_statistics() {
    assertThat(elements(frozen.weightShapes())).isEqualTo(2_259_265);
  }

  /** Keras's layer 100 of 154 is the ReLU after the expansion of the eleventh block. */
  @Test
  void fine_tuned_from_layer_100_on_1862721_parameters_in_56_tensors_learn() {
    Graph unfrozen = new Unfreezing.From("features.12.conv.0.2").unfreeze(frozen);
    assertThat(unfrozen.trainableShapes()).hasSize(56);
    assertThat(elements(unfrozen.trainableShapes())).isEqualTo(1_862_721);
  }

  private static long elements(Map<String, Shape> tensors) {
    return tensors.values().stream().mapToLong(Shape::elements).sum();
  }
}
