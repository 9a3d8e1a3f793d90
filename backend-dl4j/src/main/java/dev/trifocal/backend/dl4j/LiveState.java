package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Optimizer;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights, optimizer slots and sums of gradients in the engine's memory, as of the last step. */
final class LiveState {
  private final Graph graph;
  private final long seed;
  private final Weights frozen;
  private final BufferPool memory;
  private final Map<String, INDArray> weights = new LinkedHashMap<>();
  private final Map<String, Map<String, INDArray>> slots = new LinkedHashMap<>();
  private final Map<String, INDArray> sums = new LinkedHashMap<>();

  LiveState(Checkpoint start, Optimizer optimizer, BufferPool memory) {
    this.graph = start.graph();
    this.seed = start.seed();
    this.frozen = start.frozenWeights();
    this.memory = memory;
    copy(start.weights(), weights);
    for (String slot : optimizer.slots()) {
      copy(start.slot(slot), slots.computeIfAbsent(slot, name -> new LinkedHashMap<>()));
    }
  }

  /** Returns the weights by full name. */
  Map<String, INDArray> weights() {
    return weights;
  }

  /** Returns the slots of a parameter by slot name. */
  Map<String, INDArray> slots(String parameter) {
    Map<String, INDArray> result = new LinkedHashMap<>();
    slots.forEach((slot, values) -> result.put(slot, values.get(parameter)));
    return result;
  }

  /** Replaces a parameter and its slots; the new arrays get an additional owner. */
  void replace(String parameter, Optimizer.Update<INDArray> update) {
    replace(weights, parameter, update.weight());
    update.slots().forEach((slot, array) -> replace(slots.get(slot), parameter, array));
  }

  void replace(String statistic, INDArray array) {
    replace(weights, statistic, array);
  }

  /** Adds gradients to the sums, in which each sample has weight 1. */
  void addUp(Nd4jOperators operators, Map<String, INDArray> gradients, int samples) {
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
  Map<String, INDArray> takeMeans(Nd4jOperators operators, long samples) {
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

  private void copy(Weights from, Map<String, INDArray> to) {
    from.tensors().forEach((name, tensor) -> to.put(name, HostTransfer.array(memory, tensor)));
  }

  private void replace(Map<String, INDArray> values, String name, INDArray array) {
    INDArray before = values.get(name);
    values.put(name, ArrayViews.shaped(memory.share(array), before.shape()));
    memory.release(before);
  }
}
