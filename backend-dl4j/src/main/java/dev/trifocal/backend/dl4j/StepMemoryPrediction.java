package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Predicts the memory of a step: goes through one without running its operators, and sums up the
 * buffers that they would write to.
 */
final class StepMemoryPrediction {
  /** Code that runs for the first time, buffers of threads, and what Java's heap grows by. */
  private static final long ENGINE = 60L << 20;

  /** From the second step on, running statistics lie in other buffers than at the start. */
  private static final int STEPS = 2;

  private final TrainingPlan plan;
  private final Graph graph;
  private final LossGraph loss;
  private final int batchSize;

  private StepMemoryPrediction(TrainingPlan plan, Graph graph, int batchSize) {
    this.plan = plan;
    this.graph = graph;
    this.loss = LossGraph.of(graph, plan.objectives());
    this.batchSize = batchSize;
  }

  static StepMemory of(TrainingPlan plan, Graph graph, int batchSize, RunOptions options) {
    return Nd4jRuntime.run(
        graph.name(),
        options,
        () -> new StepMemoryPrediction(plan, graph, batchSize).predicted(options.threadCount()));
  }

  private StepMemory predicted(int threads) {
    StepInputs inputs = new StepInputs(batchSize, zeros());
    WorkspaceObserver observer = new WorkspaceObserver(threads);
    try (BufferPool memory = new BufferPool(new SharedMemory())) {
      Nd4jOperators operators = new Nd4jOperators(memory, observer);
      try (LiveState state = LiveState.undefined(graph, plan, operators, threads)) {
        for (int number = 1; number <= STEPS; number++) {
          step(operators, state, number, inputs);
          memory.settle(state.arrays());
        }
      }
      return parts(memory.elements() * Float.BYTES, observer.largest());
    }
  }

  private void step(Nd4jOperators operators, LiveState state, int number, StepInputs inputs) {
    TrainingStep step = new TrainingStep(plan, graph, 0, loss, operators, state, number, 0);
    step.backward(inputs, found -> step.update(found, plan.optimizer().learningRate()));
  }

  /**
   * Divides the memory of a step.
   *
   * @param buffers all buffers, in bytes
   * @param workspace memory within operators, in bytes
   */
  private StepMemory parts(long buffers, long workspace) {
    long weights = bytes(graph.weightShapes());
    long trained = bytes(graph.trainableShapes());
    long slots = trained * plan.optimizer().slots().size();
    long inputs = inputShapes().values().stream().mapToLong(StepMemoryPrediction::bytes).sum();
    return new StepMemory(
        weights,
        trained,
        slots,
        2 * inputs,
        buffers - weights - trained - slots - inputs,
        workspace,
        ENGINE);
  }

  private Map<String, Tensor> zeros() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    inputShapes().forEach((path, shape) -> result.put(path, Tensor.floats(shape, values -> {})));
    return result;
  }

  private Map<String, Shape> inputShapes() {
    Map<String, Shape> result = new LinkedHashMap<>();
    for (Node node : loss.graph().inputs()) {
      result.put(node.path(), node.batchShape(batchSize));
    }
    return result;
  }

  private static long bytes(Map<String, Shape> shapes) {
    return shapes.values().stream().mapToLong(StepMemoryPrediction::bytes).sum();
  }

  private static long bytes(Shape shape) {
    return shape.elements() * Float.BYTES;
  }
}
