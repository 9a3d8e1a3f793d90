package dev.trifocal.backend.dl4j;

import static dev.trifocal.layer.Layer.batchNorm;
import static dev.trifocal.layer.Layer.conv;
import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.dropout;
import static dev.trifocal.layer.Layer.flatten;
import static dev.trifocal.layer.Layer.maxPool;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.HostTensors;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.Value;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Clipping;
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
  @CsvSource({
    "adam, none, 2, 1",
    "adam, none, 7, 1",
    "sgd, none, 7, 1",
    "adam, none, 2, 2",
    "adam, none, 7, 2",
    "sgd, none, 7, 2",
    "adam, none, 7, 5",
    "adam, value, 7, 1",
    "adam, value, 7, 2",
    "adam, norm, 2, 3"
  })
  void theBuffersAreThoseOfARealStep(
      String optimizer, String clipping, int batchSize, int batches) {
    assertBuffersOfARealStep(NETWORK, plan(optimizer, clipping), new StepSize(batchSize, batches));
  }

  @ParameterizedTest
  @CsvSource({"none, 1", "none, 2", "value, 1", "value, 2", "norm, 2", "value, 4"})
  void theBuffersAreThoseOfARealStepIfWeightsAreLargerThanActivations(
      String clipping, int batches) {
    Graph wide =
        Graph.build(
            "wide",
            NETWORK.inputs().get(0).shape(),
            x -> x.then(flatten()).then("fc1", dense(300)).then(relu()).then("fc2", dense(5)));
    assertBuffersOfARealStep(wide, plan("adam", clipping), new StepSize(1, batches));
  }

  private static void assertBuffersOfARealStep(Graph graph, TrainingPlan plan, StepSize size) {
    StepMemory memory = StepMemoryPrediction.of(plan, graph, size, RunOptions.DEFAULT);
    long onHost = HostTensors.bytes(LossGraph.of(graph, plan.objectives()), size.batchSize());
    for (Node input : graph.inputs()) {
      onHost += input.batchShape(size.batchSize()).elements() * Float.BYTES;
    }
    assertThat(
            memory.weights()
                + memory.gradients()
                + memory.slots()
                + memory.batch()
                - onHost
                + memory.activations())
        .isEqualTo(Nd4jRuntime.run("test", RunOptions.DEFAULT, () -> taken(graph, plan, size)));
  }

  @Test
  void anAccumulatedStepHasSumsToo() {
    StepMemory plain =
        StepMemoryPrediction.of(plan("adam", "none"), NETWORK, StepSize.of(7), RunOptions.DEFAULT);
    StepMemory accumulated =
        StepMemoryPrediction.of(
            plan("adam", "none"), NETWORK, new StepSize(7, 2), RunOptions.DEFAULT);
    assertThat(accumulated.gradients()).isEqualTo(2 * plain.gradients());
    assertThat(accumulated.batch()).isEqualTo(plain.batch());
    assertThat(accumulated.total()).isGreaterThan(plain.total());
  }

  @Test
  void convolutionsTakeCopiesInTheLayoutOfTheirLibrary() {
    StepMemory memory =
        StepMemoryPrediction.of(plan("sgd", "none"), NETWORK, StepSize.of(7), RunOptions.DEFAULT);
    long images = 7L * 8 * 12 * 10 * Float.BYTES;
    assertThat(memory.workspace()).isGreaterThan(4 * images);
  }

  @ParameterizedTest
  @CsvSource({"none, 7, 1", "none, 7, 2", "none, 1, 3", "value, 7, 1", "value, 7, 2"})
  void whatIsKeptAfterAStepIsWhatTheSessionHolds(String clipping, int batchSize, int batches) {
    StepSize size = new StepSize(batchSize, batches);
    TrainingPlan plan = plan("adam", clipping);
    StepMemory memory = StepMemoryPrediction.of(plan, NETWORK, size, RunOptions.DEFAULT);
    assertThat(memory.kept() - memory.overhead())
        .isEqualTo(Nd4jRuntime.run("test", RunOptions.DEFAULT, () -> left(NETWORK, plan, size)));
    assertThat(memory.kept()).isLessThanOrEqualTo(memory.total());
  }

  /** Returns the most bytes of all buffers at a time in the second step. */
  private static long taken(Graph graph, TrainingPlan plan, StepSize size) {
    return steps(graph, plan, size)[0];
  }

  /** Returns the bytes of all buffers after two steps. */
  private static long left(Graph graph, TrainingPlan plan, StepSize size) {
    return steps(graph, plan, size)[1];
  }

  private static long[] steps(Graph graph, TrainingPlan plan, StepSize size) {
    LossGraph loss = LossGraph.of(graph, plan.objectives());
    StepInputs inputs = inputs(loss, size.batchSize());
    long largest = 0;
    try (BufferPool memory = new BufferPool()) {
      Nd4jOperators operators = new Nd4jOperators(memory, new Unobserved());
      try (LiveState state = LiveState.of(Checkpoint.start(graph, 1), plan, operators, 1)) {
        for (int number = 1; number <= 2; number++) {
          largest = 0;
          TrainingStep step = new TrainingStep(plan, graph, 1, loss, operators, state, number, 0);
          if (size.accumulates()) {
            for (int batch = 0; batch < size.batches(); batch++) {
              step.backward(inputs, gradients -> state.addUp(gradients, size.batchSize()));
              largest = Math.max(largest, memory.elements());
              memory.settle(state.arrays());
            }
            step.update(state.takeMeans((long) size.batches() * size.batchSize()), 0.1);
          } else {
            step.backward(inputs, gradients -> step.update(gradients, 0.1));
          }
          memory.settle(state.arrays());
          largest = Math.max(largest, memory.elements());
        }
        return new long[] {largest * Float.BYTES, memory.elements() * Float.BYTES};
      }
    }
  }

  private static StepInputs inputs(LossGraph loss, int batchSize) {
    Tensor images = Tensor.floats(Shape.of(batchSize, 3, 12, 10), values -> {});
    Tensor labels = Tensor.of(Shape.of(batchSize), new long[batchSize]);
    return StepInputs.of(
        loss, Map.of(NETWORK.inputs().get(0).path(), images), Map.of(Graph.OUTPUT, labels));
  }

  private static TrainingPlan plan(String name, String clipping) {
    Optimizer optimizer = name.equals("adam") ? Adam.of(0.001) : Sgd.of(0.1);
    return TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer)
        .clipping(
            switch (clipping) {
              case "value" -> new Clipping.ByValue(1);
              case "norm" -> new Clipping.ByGlobalNorm(1);
              default -> new Clipping.None();
            });
  }
}
