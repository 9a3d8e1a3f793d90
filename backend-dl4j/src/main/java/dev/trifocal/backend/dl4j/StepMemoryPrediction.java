package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.HostTensors;
import dev.trifocal.backend.Processor;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
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
  private static final long ENGINE = 10L << 20;

  /** From the second step on, running statistics lie in other buffers than at the start. */
  private static final int STEPS = 2;

  /** From the second batch of a step on, there are sums to add to. */
  private static final int BATCHES = 2;

  private final TrainingPlan plan;
  private final Graph graph;
  private final LossGraph loss;
  private final StepSize size;

  private StepMemoryPrediction(TrainingPlan plan, Graph graph, StepSize size) {
    this.plan = plan;
    this.graph = graph;
    this.loss = LossGraph.of(graph, plan.objectives());
    this.size = size;
  }

  static StepMemory of(TrainingPlan plan, Graph graph, StepSize size, RunOptions options) {
    return Nd4jRuntime.run(
        graph.name(),
        options,
        () -> new StepMemoryPrediction(plan, graph, size).predicted(options.threadCount()));
  }

  private StepMemory predicted(int threads) {
    StepInputs inputs = new StepInputs(size.batchSize(), zeros());
    WorkspaceObserver observer =
        new WorkspaceObserver(WinogradTransform.of(Processor.current(), threads));
    try (BufferPool memory = new BufferPool(new SharedMemory())) {
      Nd4jOperators operators = new Nd4jOperators(memory, observer);
      Buffers buffers = new Buffers(0, 0);
      try (LiveState state = LiveState.undefined(graph, plan, operators, threads)) {
        for (int number = 1; number <= STEPS; number++) {
          TrainingStep step = new TrainingStep(plan, graph, 0, loss, operators, state, number, 0);
          buffers = buffers(step, inputs);
        }
      }
      return parts(buffers, observer.largest());
    }
  }

  /**
   * The bytes of buffers.
   *
   * @param taken all that a step takes
   * @param kept those of the last run of a step, which the pool keeps for the next
   */
  private record Buffers(long taken, long kept) {}

  /** Goes through a step. */
  private Buffers buffers(TrainingStep step, StepInputs inputs) {
    LiveState state = step.state();
    BufferPool memory = step.operators().memory();
    double rate = plan.optimizer().learningRate();
    if (!size.accumulates()) {
      step.backward(inputs, found -> step.update(found, rate));
      memory.settle(state.arrays());
      return new Buffers(bytes(memory), bytes(memory));
    }
    long largest = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      step.backward(inputs, found -> state.addUp(found, size.batchSize()));
      largest = Math.max(largest, bytes(memory));
      memory.settle(state.arrays());
    }
    step.update(state.takeMeans(inputs.batch()), rate);
    memory.settle(state.arrays());
    return new Buffers(largest, bytes(memory));
  }

  /**
   * Divides the memory of a step.
   *
   * @param workspace memory within operators, in bytes
   */
  private StepMemory parts(Buffers buffers, long workspace) {
    long weights = bytes(graph.weightShapes());
    long trained = bytes(graph.trainableShapes());
    long slots = trained * plan.optimizer().slots().size();
    long inputs = bytes(inputShapes());
    long network =
        graph.inputs().stream().mapToLong(node -> bytes(node.batchShape(size.batchSize()))).sum();
    long gradients = size.accumulates() ? 2 * trained : trained;
    return new StepMemory(
        weights,
        gradients,
        slots,
        inputs + network + HostTensors.bytes(loss, size.batchSize()),
        buffers.taken() - weights - gradients - slots - inputs,
        workspace,
        ENGINE,
        buffers.kept() + ENGINE);
  }

  private Map<String, Tensor> zeros() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    inputShapes().forEach((path, shape) -> result.put(path, Tensor.floats(shape, values -> {})));
    return result;
  }

  private Map<String, Shape> inputShapes() {
    Map<String, Shape> result = new LinkedHashMap<>();
    for (Node node : loss.graph().inputs()) {
      result.put(node.path(), node.batchShape(size.batchSize()));
    }
    return result;
  }

  private static long bytes(BufferPool memory) {
    return memory.elements() * Float.BYTES;
  }

  private static long bytes(Map<String, Shape> shapes) {
    return shapes.values().stream().mapToLong(StepMemoryPrediction::bytes).sum();
  }

  private static long bytes(Shape shape) {
    return shape.elements() * Float.BYTES;
  }
}
