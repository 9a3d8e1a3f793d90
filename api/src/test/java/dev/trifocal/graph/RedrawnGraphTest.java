package dev.trifocal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.GraphException;
import dev.trifocal.layer.Input;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LayerReplacement;
import dev.trifocal.shape.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedrawnGraphTest {
  private static final Graph NETWORK =
      Graph.build(
              "net",
              Shape.of(3, 8, 8),
              x -> {
                Value map =
                    x.then("conv", Layer.conv(4, 3).padding(1)).then("bn", Layer.batchNorm());
                return map.plus("sum", map.then("relu", Layer.relu()))
                    .then("flatten", Layer.flatten())
                    .then("fc", Layer.dense(2));
              })
          .freeze("conv");

  @Test
  void withItsOwnLayersItIsTheSameGraph() {
    Graph same =
        NETWORK.redrawn((node, inputs) -> node.layer().accept(LayerReplacement.NONE, inputs));
    assertThat(same).isEqualTo(NETWORK);
  }

  @Test
  void shapesFollowTheNewLayers() {
    LayerReplacement changes =
        LayerReplacement.NONE
            .input((layer, inputs) -> List.of(new Input(Shape.of(3, 4, 4))))
            .conv((layer, inputs) -> List.of(Layer.conv(6, 3).padding(1)));
    Graph redrawn = NETWORK.redrawn((node, inputs) -> node.layer().accept(changes, inputs));
    assertThat(redrawn.node("sum").shape()).isEqualTo(Shape.of(6, 4, 4));
    assertThat(redrawn.weightShapes())
        .containsEntry("bn.weight", Shape.of(6))
        .containsEntry("fc.weight", Shape.of(2, 96));
    assertThat(redrawn.node("conv").frozen()).isTrue();
  }

  @Test
  void theLastOfSeveralLayersTakesThePlaceOfTheOne() {
    LayerReplacement changes =
        LayerReplacement.NONE.activation(
            (layer, inputs) -> List.of(Layer.tanh(), Layer.sigmoid(), layer));
    Graph redrawn = NETWORK.redrawn((node, inputs) -> node.layer().accept(changes, inputs));
    assertThat(redrawn.node("relu").inputs()).containsExactly("relu_part2");
    assertThat(redrawn.node("relu_part2").inputs()).containsExactly("relu_part1");
    assertThat(redrawn.node("relu_part1").inputs()).containsExactly("bn");
    assertThat(redrawn.node("sum").inputs()).containsExactly("bn", "relu");
  }

  @Test
  void layersThatDoNotFitAreRefused() {
    LayerReplacement changes =
        LayerReplacement.NONE.activation((layer, inputs) -> List.of(layer, Layer.maxPool(2)));
    assertThatThrownBy(
            () -> NETWORK.redrawn((node, inputs) -> node.layer().accept(changes, inputs)))
        .isInstanceOf(GraphException.class)
        .hasMessageContaining("sum");
  }
}
