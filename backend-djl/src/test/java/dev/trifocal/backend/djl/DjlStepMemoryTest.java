package dev.trifocal.backend.djl;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.MemoryEstimate;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DjlStepMemoryTest {
  private static final int SAMPLES = 4;
  private static final TrainingPlan PLAN =
      TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.001));

  private final Graph graph =
      Graph.build(
          "classifier",
          Shape.of(3, 32, 32),
          x ->
              x.then(conv(8, 3).padding(1))
                  .then(batchNorm())
                  .then(relu())
                  .then(maxPool(2).stride(2))
                  .then(flatten())
                  .then(dropout(0.5))
                  .then(dense(10)));

  @Test
  void thePredictionIsMoreThanWhatEveryEngineNeeds() {
    StepMemory memory =
        new DjlBackend()
            .stepMemory(PLAN, graph, StepSize.of(SAMPLES), RunOptions.DEFAULT)
            .orElseThrow();
    MemoryEstimate least = MemoryEstimate.of(graph);

    assertThat(memory.weights()).isEqualTo(least.parameters() + least.statistics());
    assertThat(memory.gradients()).isEqualTo(least.trainable());
    assertThat(memory.slots()).isEqualTo(2 * least.trainable());
    // The batch of the host and of the engine.
    assertThat(memory.batch()).isGreaterThan(2 * SAMPLES * least.input());
    assertThat(memory.activations()).isGreaterThan(SAMPLES * least.peak());
    assertThat(memory.workspace()).isPositive();
    assertThat(memory.total())
        .isEqualTo(memory.parts().values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void optionsThatTrainingRefusesAreRefused() {
    RunOptions options = RunOptions.DEFAULT.portableStep(Path.of("step.onnx"));

    assertThatThrownBy(
            () -> new DjlBackend().stepMemory(PLAN, graph, StepSize.of(SAMPLES), options))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("step.onnx");
  }
}
