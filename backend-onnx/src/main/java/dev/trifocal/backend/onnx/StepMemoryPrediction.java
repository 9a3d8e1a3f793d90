package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.trifocal.backend.HostTensors;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Predicts the memory of a step: compiles it, lets ONNX Runtime optimise it, and simulates how the
 * arena serves the values of the result.
 */
record StepMemoryPrediction(OptimisedStep step) {
  /** Code that runs for the first time, buffers of threads, and what Java's heap grows by. */
  private static final long ENGINE = 40L << 20;

  static StepMemory of(TrainingPlan plan, Graph graph, StepSize size, RunOptions options) {
    LossGraph loss = LossGraph.of(graph, plan.objectives());
    Weights frozen = frozen(graph);
    StepTarget target =
        new StepTarget(NchwcBlockSize.ofThisProcessor(), size.batchSize(), options.activations());
    TrainingModel model =
        size.accumulates()
            ? StepCompiler.gradients(plan, graph, frozen, loss, target)
            : StepCompiler.step(plan, graph, frozen, loss, StepCompiler.Placement.HOST, target);
    TrainingModel update =
        size.accumulates() ? StepCompiler.update(plan, graph, frozen, loss) : model;
    OptimisedStep step =
        OptimisedStep.of(graph.name(), model.model(), frozen, size.batchSize(), options);
    ArenaSimulation arena = new ArenaSimulation();
    long beside = new StepMemoryPrediction(step).run(arena);
    Map<String, Shape> trained = graph.trainableShapes();
    long sums = size.accumulates() ? bytes(loss.reachedShapes()) : 0;
    long changed = model.changes().stream().mapToLong(name -> bytes(model.reads().get(name))).sum();
    StepMemory result =
        new StepMemory(
            bytes(graph.weightShapes()) + changed - sums + step.constants(),
            update.updates().keySet().stream().mapToLong(name -> bytes(trained.get(name))).sum()
                + 2 * sums,
            bytes(trained) * plan.optimizer().slots().size(),
            batch(graph, size.batchSize()) + HostTensors.bytes(loss, size.batchSize()),
            arena.peak(),
            arena.resident() - arena.peak() + beside,
            ENGINE,
            0);
    // The arena is never given back.
    return result.keeping(result.total());
  }

  /**
   * Allocates and frees what a step does.
   *
   * @return the most memory that an operator takes beside the arena
   */
  private long run(ArenaSimulation arena) {
    Map<Integer, List<BufferPlan.Buffer>> starts = new HashMap<>();
    Map<Integer, List<BufferPlan.Buffer>> ends = new HashMap<>();
    for (BufferPlan.Buffer buffer : BufferPlan.of(step)) {
      starts.computeIfAbsent(buffer.first(), index -> new ArrayList<>()).add(buffer);
      ends.computeIfAbsent(buffer.last(), index -> new ArrayList<>()).add(buffer);
    }
    Map<BufferPlan.Buffer, ArenaSimulation.Piece> pieces = new HashMap<>();
    long beside = 0;
    for (int index = 0; index < step.nodes().size(); index++) {
      NodeProto node = step.nodes().get(index);
      starts
          .getOrDefault(index, List.of())
          .forEach(buffer -> pieces.put(buffer, arena.allocate(buffer.bytes())));
      OperatorWorkspace workspace = OperatorWorkspace.of(node, step);
      workspace.inArena().stream().map(arena::allocate).toList().forEach(arena::free);
      beside = Math.max(beside, workspace.beside());
      ends.getOrDefault(index, List.of()).forEach(buffer -> arena.free(pieces.remove(buffer)));
    }
    return beside;
  }

  /** Returns the size of the network's inputs. */
  private static long batch(Graph graph, int batchSize) {
    return graph.inputs().stream().mapToLong(node -> bytes(node.batchShape(batchSize))).sum();
  }

  /** Returns zeros for the weights that are constants of the model. */
  private static Weights frozen(Graph graph) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    graph.nodes().stream()
        .filter(Node::frozen)
        .forEach(
            node ->
                node.parameters()
                    .forEach(
                        parameter ->
                            result.put(
                                node.name(parameter),
                                Tensor.floats(parameter.shape(), values -> {}))));
    return new Weights(result);
  }

  private static long bytes(Map<String, Shape> shapes) {
    return shapes.values().stream().mapToLong(StepMemoryPrediction::bytes).sum();
  }

  private static long bytes(Shape shape) {
    return shape.elements() * Float.BYTES;
  }
}
