package dev.trifocal.backend.onnx;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Value;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The memory of a step is predicted from its compiled model")
class StepMemoryPredictionTest {
  private static final Graph NETWORK =
      Graph.build("residual", Shape.of(3, 48, 64), StepMemoryPredictionTest::network);

  private static Value network(Value image) {
    Value first = image.then("conv1", conv(16, 3).padding(1)).then("bn1", batchNorm()).then(relu());
    Value second = first.then("conv2", conv(16, 3).padding(1)).then("bn2", batchNorm());
    return first
        .plus(second)
        .then(relu())
        .then("pool", maxPool(3).stride(2).padding(1))
        .then(flatten())
        .then("fc", dense(5));
  }

  @Test
  void theStateIsThatOfTheNetworkAndOfTheOptimizer() {
    long parameters = bytes(NETWORK.trainableShapes().values());
    long all = bytes(NETWORK.weightShapes().values());
    StepMemory adam = predicted(Adam.of(0.001), 4);
    assertThat(adam.gradients()).isEqualTo(parameters);
    assertThat(adam.slots()).isEqualTo(2 * parameters);
    assertThat(adam.weights()).isEqualTo(all + (all - parameters));
    assertThat(predicted(Sgd.of(0.1), 4).slots()).isZero();
  }

  @Test
  void activationsGrowWithTheBatchAndWeightsDoNot() {
    StepMemory four = predicted(Adam.of(0.001), 4);
    StepMemory sixteen = predicted(Adam.of(0.001), 16);
    assertThat(sixteen.weights()).isEqualTo(four.weights());
    assertThat(sixteen.batch()).isEqualTo(4 * four.batch());
    assertThat(sixteen.activations()).isGreaterThan(3 * four.activations());
    assertThat(sixteen.total()).isGreaterThan(four.total());
  }

  @Test
  void allValuesThatTheBackwardPassNeedsAreCounted() {
    long outputs =
        NETWORK.nodes().stream()
            .filter(node -> node.layer().kind().equals("Conv2d"))
            .mapToLong(node -> node.shape().elements() * Float.BYTES)
            .sum();
    assertThat(predicted(Sgd.of(0.1), 16).activations()).isGreaterThan(16 * outputs);
  }

  @Test
  void aFrozenNetworkKeepsNothingForItsBackwardPass() {
    Graph frozen = NETWORK.freezeOnly(node -> !node.path().startsWith("fc"));
    StepMemory all = predicted(Adam.of(0.001), 16);
    StepMemory head = predicted(frozen, Adam.of(0.001), 16);
    assertThat(head.activations()).isLessThan(all.activations() / 2);
    assertThat(head.gradients()).isEqualTo(bytes(frozen.trainableShapes().values()));
  }

  @Test
  void anAccumulatedStepHasTwoSetsOfSumsToo() {
    // One is read, the other is written.
    long parameters = bytes(NETWORK.trainableShapes().values());
    StepMemory plain = predicted(Adam.of(0.001), 4);
    StepMemory accumulated = predicted(NETWORK, Adam.of(0.001), new StepSize(4, 2));
    assertThat(accumulated.gradients()).isEqualTo(3 * parameters);
    assertThat(accumulated.weights()).isEqualTo(plain.weights());
    assertThat(accumulated.slots()).isEqualTo(plain.slots());
    assertThat(accumulated.batch()).isGreaterThanOrEqualTo(plain.batch());
    assertThat(accumulated.total()).isGreaterThan(plain.total());
  }

  @Test
  void frozenParametersHaveNoSums() {
    Graph frozen = NETWORK.freezeOnly(node -> !node.path().startsWith("fc"));
    StepMemory accumulated = predicted(frozen, Adam.of(0.001), new StepSize(4, 2));
    assertThat(accumulated.gradients()).isEqualTo(3 * bytes(frozen.trainableShapes().values()));
  }

  @Test
  void moreBatchesOfTheSameSizeNeedNoMoreMemory() {
    assertThat(predicted(NETWORK, Adam.of(0.001), new StepSize(4, 16)))
        .isEqualTo(predicted(NETWORK, Adam.of(0.001), new StepSize(4, 2)));
  }

  @Test
  void accumulatingTakesLessThanTheSameSamplesAtOnce() {
    assertThat(predicted(NETWORK, Adam.of(0.001), new StepSize(4, 4)).total())
        .isLessThan(predicted(Adam.of(0.001), 16).total());
  }

  @Test
  void nothingIsGivenBackAfterAStep() {
    for (StepSize size : List.of(StepSize.of(4), new StepSize(4, 2))) {
      StepMemory memory = predicted(NETWORK, Adam.of(0.001), size);
      assertThat(memory.kept()).isEqualTo(memory.total());
    }
  }

  private static StepMemory predicted(Optimizer optimizer, int batchSize) {
    return predicted(NETWORK, optimizer, batchSize);
  }

  private static StepMemory predicted(Graph graph, Optimizer optimizer, int batchSize) {
    return predicted(graph, optimizer, StepSize.of(batchSize));
  }

  private static StepMemory predicted(Graph graph, Optimizer optimizer, StepSize size) {
    return StepMemoryPrediction.of(
        TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer), graph, size, RunOptions.DEFAULT);
  }

  private static long bytes(Iterable<Shape> shapes) {
    long sum = 0;
    for (Shape shape : shapes) {
      sum += shape.elements() * Float.BYTES;
    }
    return sum;
  }
}
