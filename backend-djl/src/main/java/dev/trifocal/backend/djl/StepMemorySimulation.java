package dev.trifocal.backend.djl;

import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.backend.djl.SimulatedMemory.Use;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.TrainingPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Predicts the memory of training steps by repeating what {@link DjlTrainingSession} allocates and
 * frees, without allocating it. Most of what {@code malloc} takes beyond the live arrays are gaps
 * that no later array fits into; they depend on the order, so that several steps are simulated.
 */
final class StepMemorySimulation {
  /** The number of steps; the heap grows most in the first ones. */
  private static final int STEPS = 5;

  /**
   * Java's young objects, the memory of its compiler and class metadata, and the gaps that they
   * leave in the heap: fitted to measured memory, together with the share of objects in {@link
   * SimulatedMemory}.
   */
  private static final long OVERHEAD = 28 << 20;

  /** Where the heap may begin within a page, which decides what fits into gaps. */
  private static final List<Long> BEGINS = List.of(0L, 1008L, 2000L, 3008L);

  private final TrainingPlan plan;
  private final LossGraph loss;
  private final StepSize size;
  private final SimulatedMemory memory;
  private final SimulatedPrimitives primitives;
  private final SimulatedBatch batch;
  private final SimulatedState state;

  private StepMemorySimulation(TrainingPlan plan, Graph graph, StepSize size, long begin) {
    this.plan = plan;
    this.memory = new SimulatedMemory(begin);
    this.primitives = new SimulatedPrimitives(memory);
    this.batch = new SimulatedBatch(memory);
    this.loss = LossGraph.of(graph, plan.objectives());
    this.size = size;
    this.state =
        new SimulatedState(
            memory, graph.weightShapes(), graph.trainableShapes(), plan.optimizer().slots().size());
  }

  /** Returns the mean over some beginnings of the heap. */
  static StepMemory of(TrainingPlan plan, Graph graph, StepSize size) {
    List<StepMemory> all =
        BEGINS.stream()
            .map(begin -> new StepMemorySimulation(plan, graph, size, begin).run(graph))
            .toList();
    return new StepMemory(
        mean(all, StepMemory::weights),
        mean(all, StepMemory::gradients),
        mean(all, StepMemory::slots),
        mean(all, StepMemory::batch),
        mean(all, StepMemory::activations),
        mean(all, StepMemory::workspace),
        mean(all, StepMemory::overhead),
        mean(all, StepMemory::kept));
  }

  private static long mean(List<StepMemory> all, ToLongFunction<StepMemory> part) {
    return all.stream().mapToLong(part).sum() / all.size();
  }

  private StepMemory run(Graph graph) {
    graph.inputs().forEach(node -> batch.makeInput(elements(node)));
    for (int step = 0; step < STEPS; step++) {
      step();
      if (size.accumulates() && step % 2 == 1) {
        state.updateFromSums(plan.clipping());
      }
    }
    return memory();
  }

  private void step() {
    batch.beginStep();
    SimulatedTape tape = new SimulatedTape(memory, primitives);
    Map<String, SimulatedArray> outputs = forward(tape, fed());
    tape.backward(outputs.get(loss.graph().outputs().get(LossGraph.LOSS)));
    loss.graph().outputs().values().forEach(path -> read(tape, path));
    if (size.accumulates()) {
      state.addUp();
    } else {
      state.update(plan.clipping());
    }
    outputs.values().forEach(value -> value.block().release());
  }

  /** Copies an output to Java's memory; images lie with their channels last and are reordered. */
  private void read(SimulatedTape tape, String path) {
    Node node = loss.graph().node(path);
    batch.make(elements(node));
    if (node.shape().rank() == SimulatedLayers.IMAGE) {
      tape.workspace(elements(node) * SimulatedArray.ELEMENT);
    }
  }

  /** Copies the inputs, and encodes labels for each step anew. */
  private Map<String, SimulatedArray> fed() {
    Map<String, SimulatedArray> result = new LinkedHashMap<>();
    loss.labels().forEach(label -> batch.make(elements(loss.graph().node(label.path()))));
    loss.graph().inputs().forEach(node -> result.put(node.path(), batch.copy(elements(node))));
    return result;
  }

  /** Returns the values that remain, those of outputs, by path. */
  private Map<String, SimulatedArray> forward(SimulatedTape tape, Map<String, SimulatedArray> fed) {
    Map<String, Integer> lastReaders = loss.graph().lastReaders();
    SimulatedLayers layers = new SimulatedLayers(tape, fed, batch);
    Map<String, SimulatedArray> values = new HashMap<>();
    for (int i = 0; i < loss.graph().nodes().size(); i++) {
      Node node = loss.graph().nodes().get(i);
      SimulatedContext context =
          new SimulatedContext(
              node,
              node.inputs().stream().map(values::get).toList(),
              state.weights(),
              size.batchSize());
      values.put(node.path(), tape.keep(node.layer().accept(layers, context)));
      letGo(node, i, lastReaders, values);
    }
    return values;
  }

  private static void letGo(
      Node node, int index, Map<String, Integer> lastReaders, Map<String, SimulatedArray> values) {
    for (String path : node.inputs()) {
      if (lastReaders.get(path) <= index && values.containsKey(path)) {
        values.remove(path).block().release();
      }
    }
    if (lastReaders.get(node.path()) <= index) {
      values.remove(node.path()).block().release();
    }
  }

  private long elements(Node node) {
    return node.batchShape(size.batchSize()).elements();
  }

  private StepMemory memory() {
    long weights = memory.peak(Use.WEIGHTS);
    long gradients = memory.peak(Use.GRADIENTS);
    long slots = memory.peak(Use.SLOTS);
    long inputs = memory.peak(Use.BATCH);
    long rest = memory.peak() - weights - gradients - slots - inputs;
    long values = Math.min(rest, memory.peak(Use.VALUES));
    long kept = weights + slots + OVERHEAD + (size.accumulates() ? gradients : 0);
    return new StepMemory(weights, gradients, slots, inputs, values, rest - values, OVERHEAD, kept);
  }
}
