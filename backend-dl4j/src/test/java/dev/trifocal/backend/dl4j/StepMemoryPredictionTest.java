package dev.trifocal.backend.dl4j;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The memory of a step is predicted by going through it")
class StepMemoryPredictionTest {
  private static final Graph NETWORK =
      Graph.build("residual", Shape.of(3, 12, 10), StepMemoryPredictionTest::network);

  private static Value network(Value image) {
    Value first = image.then("conv1", conv(8, 3).padding(1)).then("bn1", batchNorm()).then(relu());
    Value second = first.then("conv2", conv(8, 3).padding(1)).then("bn2", batchNorm());
    return first
        .plus(second)
        .then(relu())
        .then("pool", maxPool(2))
        .then(flatten())
        .then("drop", dropout(0.5))
        .then("fc", dense(5));
  }

  @ParameterizedTest
  @CsvSource({"adam, 2", "adam, 7", "sgd, 7"})
  void theBuffersAreThoseOfARealStep(String optimizer, int batchSize) {
    TrainingPlan plan = plan(optimizer);
    StepMemory memory =
        StepMemoryPrediction.of(plan, NETWORK, StepSize.of(batchSize), RunOptions.DEFAULT);
    long inputsOnEngine = memory.batch() / 2;
    assertThat(
            memory.weights()
                + memory.gradients()
                + memory.slots()
                + inputsOnEngine
                + memory.activations())
        .isEqualTo(Nd4jRuntime.run("test", RunOptions.DEFAULT, () -> taken(plan, batchSize)));
  }

  @Test
  void convolutionsTakeCopiesInTheLayoutOfTheirLibrary() {
    StepMemory memory =
        StepMemoryPrediction.of(plan("sgd"), NETWORK, StepSize.of(7), RunOptions.DEFAULT);
    long images = 7L * 8 * 12 * 10 * Float.BYTES;
    assertThat(memory.workspace()).isGreaterThan(4 * images);
  }

  /** Returns the bytes of all buffers that two steps have taken. */
  private static long taken(TrainingPlan plan, int batchSize) {
    LossGraph loss = LossGraph.of(NETWORK, plan.objectives());
    Tensor images = Tensor.floats(Shape.of(batchSize, 3, 12, 10), values -> {});
    Tensor labels = Tensor.of(Shape.of(batchSize), new long[batchSize]);
    StepInputs inputs =
        StepInputs.of(
            loss, Map.of(NETWORK.inputs().get(0).path(), images), Map.of(Graph.OUTPUT, labels));
    try (BufferPool memory = new BufferPool()) {
      Nd4jOperators operators = new Nd4jOperators(memory, new Unobserved());
      try (LiveState state = LiveState.of(Checkpoint.start(NETWORK, 1), plan, operators, 1)) {
        for (int number = 1; number <= 2; number++) {
          TrainingStep step = new TrainingStep(plan, NETWORK, 1, loss, operators, state, number, 0);
          step.backward(inputs, gradients -> step.update(gradients, 0.1));
          memory.settle(state.arrays());
        }
        return memory.elements() * Float.BYTES;
      }
    }
  }

  private static TrainingPlan plan(String name) {
    Optimizer optimizer = name.equals("adam") ? Adam.of(0.001) : Sgd.of(0.1);
    return TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer);
  }
}
