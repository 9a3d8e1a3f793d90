package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.ElementwiseUpdate;
import dev.trifocal.backend.InPlaceUpdate;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights, optimizer slots and sums of gradients in the engine's memory, as of the last step. */
final class LiveState implements AutoCloseable {
  private final Graph graph;
  private final long seed;
  private final Weights frozen;
  private final TrainingPlan plan;
  private final Nd4jOperators operators;
  private final BufferPool memory;
  private final InPlaceUpdate<INDArray> inPlace;
  private final Map<String, INDArray> weights = new LinkedHashMap<>();
  private final Map<String, Map<String, INDArray>> slots = new LinkedHashMap<>();
  private final Map<String, INDArray> sums = new LinkedHashMap<>();

  private LiveState(
      Graph graph,
      long seed,
      Weights frozen,
      TrainingPlan plan,
      Nd4jOperators operators,
      int threads) {
    this.graph = graph;
    this.seed = seed;
    this.frozen = frozen;
    this.plan = plan;
    this.operators = operators;
    this.memory = operators.memory();
    this.inPlace = InPlaceUpdate.of(plan, graph.trainableShapes(), threads, HostTransfer::elements);
  }

  /** Copies the state of a checkpoint. */
  static LiveState of(Checkpoint start, TrainingPlan plan, Nd4jOperators operators, int threads) {
    LiveState state =
        new LiveState(start.graph(), start.seed(), start.frozenWeights(), plan, operators, threads);
    state.copy(start.weights(), state.weights);
    for (String slot : plan.optimizer().slots()) {
      start
          .storedSlot(slot)
          .ifPresentOrElse(
              stored -> state.copy(stored, state.slot(slot)), () -> state.clear(state.slot(slot)));
    }
    return state;
  }

  /** Creates a state with undefined weights. */
  static LiveState undefined(Graph graph, TrainingPlan plan, Nd4jOperators operators, int threads) {
    LiveState state = new LiveState(graph, 0, new Weights(Map.of()), plan, operators, threads);
    graph
        .weightShapes()
        .forEach((name, shape) -> state.weights.put(name, state.memory.take(shape.toLongs())));
    plan.optimizer().slots().forEach(slot -> state.clear(state.slot(slot)));
    return state;
  }

  /** Returns the weights by full name. */
  Map<String, INDArray> weights() {
    return weights;
  }

  /**
   * Updates parameters and their slots.
   *
   * @param gradients gradients of the parameters to be updated
   * @param scalars scalars of the plan for this step, by name
   */
  void update(Map<String, INDArray> gradients, Map<String, Double> scalars) {
    Map<String, INDArray> elementwise = new LinkedHashMap<>();
    gradients.forEach(
        (name, gradient) -> {
          if (inPlace.covers(name)) {
            elementwise.put(name, gradient);
          } else {
            replaceByUpdate(name, gradient, scalars);
          }
        });
    if (!elementwise.isEmpty()) {
      operators.observer().update(Optional.empty());
      operators
          .observer()
          .call(
              ElementwiseUpdate.OPERATOR,
              List.copyOf(elementwise.values()),
              () -> inPlace.run(weights, elementwise, List.copyOf(slots.values()), scalars));
    }
  }

  private void replaceByUpdate(String name, INDArray gradient, Map<String, Double> scalars) {
    operators.observer().update(Optional.of(name));
    try (Dl4jArithmetic math = new Dl4jArithmetic(operators)) {
      Map<String, INDArray> before = new LinkedHashMap<>();
      slots.forEach((slot, arrays) -> before.put(slot, arrays.get(name)));
      Map<String, INDArray> numbers = new LinkedHashMap<>();
      scalars.forEach((scalar, value) -> numbers.put(scalar, math.constant(value)));
      Optimizer.Update<INDArray> update =
          plan.update(
              math,
              name,
              graph.trainableShapes().get(name),
              weights.get(name),
              gradient,
              before,
              numbers);
      replace(weights, name, update.weight());
      update.slots().forEach((slot, array) -> replace(slots.get(slot), name, array));
    }
  }

  /** Replaces a running statistic; the new array gets an additional owner. */
  void replace(String statistic, INDArray array) {
    replace(weights, statistic, array);
  }

  /** Adds gradients to the sums, in which each sample has weight 1. */
  void addUp(Map<String, INDArray> gradients, int samples) {
    operators.observer().update(Optional.empty());
    gradients.forEach(
        (name, gradient) -> {
          INDArray before = sums.get(name);
          INDArray scaled = operators.compute(f -> f.multiply(gradient, samples));
          sums.put(name, before == null ? scaled : operators.compute(f -> f.add(before, scaled)));
        });
  }

  /**
   * Returns the sums divided by the number of samples, each with one owner, and clears the sums.
   */
  Map<String, INDArray> takeMeans(long samples) {
    operators.observer().update(Optional.empty());
    Map<String, INDArray> means = new LinkedHashMap<>();
    sums.forEach(
        (name, sum) -> means.put(name, operators.compute(f -> f.multiply(sum, 1.0 / samples))));
    sums.clear();
    return means;
  }

  /** Returns a copy of the sums on the host, divided by the number of samples. */
  Weights hostMeans(long samples) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    sums.forEach((name, sum) -> result.put(name, HostTransfer.tensor(sum)));
    return new Weights(result).times(1.0 / samples);
  }

  /** Returns all arrays that outlive a run. */
  Collection<INDArray> arrays() {
    List<INDArray> all = new ArrayList<>(weights.values());
    slots.values().forEach(values -> all.addAll(values.values()));
    all.addAll(sums.values());
    return all;
  }

  /** Returns a copy on the host, except that frozen weights are those of the start. */
  Checkpoint snapshot(long step) {
    Map<String, Weights> copies = new LinkedHashMap<>();
    slots.forEach(
        (slot, values) -> {
          Map<String, Tensor> tensors = new LinkedHashMap<>();
          values.forEach((name, array) -> tensors.put(name, HostTransfer.tensor(array)));
          copies.put(slot, new Weights(tensors));
        });
    return new Checkpoint(graph, hostWeights(), copies, step, seed);
  }

  /**
   * Returns a copy of the weights on the host, except that frozen weights are those of the start.
   */
  Weights hostWeights() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    graph
        .weightShapes()
        .keySet()
        .forEach(
            name ->
                result.put(
                    name,
                    frozen.tensors().containsKey(name)
                        ? frozen.tensor(name)
                        : HostTransfer.tensor(weights.get(name))));
    return new Weights(result);
  }

  private Map<String, INDArray> slot(String name) {
    return slots.computeIfAbsent(name, n -> new LinkedHashMap<>());
  }

  private void clear(Map<String, INDArray> slot) {
    graph
        .trainableShapes()
        .forEach((name, shape) -> slot.put(name, operators.filled(0, shape.toLongs())));
  }

  private void copy(Weights from, Map<String, INDArray> to) {
    from.tensors().forEach((name, tensor) -> to.put(name, HostTransfer.array(memory, tensor)));
  }

  private void replace(Map<String, INDArray> values, String name, INDArray array) {
    INDArray before = values.get(name);
    values.put(name, ArrayViews.shaped(memory.share(array), before.shape()));
    memory.release(before);
  }

  @Override
  public void close() {
    inPlace.close();
  }
}
