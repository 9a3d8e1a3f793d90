package dev.trifocal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import org.junit.jupiter.api.Test;

class HostTensorsTest {
  private static final TrainingPlan PLAN = TrainingPlan.of(new SoftmaxCrossEntropy(), Sgd.of(0.1));

  private static final Graph NET =
      Graph.build(
          "net",
          Shape.of(7),
          x ->
              x.then("fc1", Layer.dense(20))
                  .then("dropout", Layer.dropout(0.5))
                  .then("fc2", Layer.dense(5)));

  @Test
  void aStepMakesEncodedLabelsResultsAndDropoutMasks() {
    LossGraph loss = LossGraph.of(NET, PLAN.objectives());
    assertThat(HostTensors.bytes(loss, 3)).isEqualTo(3 * (5 + 5 + 20) * Float.BYTES);
  }

  @Test
  void aFrozenDropoutHasNoMask() {
    Graph frozen = NET.freezeOnly(node -> !node.path().equals("fc2"));
    LossGraph loss = LossGraph.of(frozen, PLAN.objectives());
    assertThat(HostTensors.bytes(loss, 3)).isEqualTo(3 * (5 + 5) * Float.BYTES);
  }
}
