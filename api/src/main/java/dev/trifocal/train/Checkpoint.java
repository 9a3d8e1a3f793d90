package dev.trifocal.train;

import dev.trifocal.error.WeightsException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The state from which any engine can continue training.
 *
 * @param slots the optimizer's arrays by slot name, then by parameter name
 * @param step number of steps taken so far
 * @param seed seed of dropout masks, shuffling and initial weights
 */
public record Checkpoint(
    Graph graph, Weights weights, Map<String, Weights> slots, long step, long seed) {
  public Checkpoint {
    weights.requireFit(graph.name(), graph.weightShapes());
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }

  /** Returns a checkpoint before the first step with given weights. */
  public static Checkpoint start(Graph graph, Weights weights, long seed) {
    return new Checkpoint(graph, weights, Map.of(), 0, seed);
  }

  /** Returns a checkpoint before the first step with weights drawn by the graph's initializers. */
  public static Checkpoint start(Graph graph, long seed) {
    return start(graph, graph.initialWeights(seed), seed);
  }

  /** Returns the size of the weights and slots in bytes. */
  public long bytes() {
    return weights.bytes() + slots.values().stream().mapToLong(Weights::bytes).sum();
  }

  /** Returns the weights that training does not change. */
  public Weights frozenWeights() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    graph.nodes().stream()
        .filter(Node::frozen)
        .forEach(
            node ->
                node.parameters()
                    .forEach(p -> result.put(node.name(p), weights.tensor(node.name(p)))));
    return new Weights(result);
  }

  /**
   * Returns this checkpoint with the averages of its weights, if any, in place of the weights;
   * running statistics and frozen weights are unchanged.
   */
  public Checkpoint averaged() {
    Weights averages = slots.get(ExponentialMovingAverage.SLOT);
    return averages == null
        ? this
        : new Checkpoint(graph, weights.with(averages.tensors()), slots, step, seed);
  }

  /**
   * Returns an optimizer slot of all trained parameters; zero if nothing is stored (a new run, or a
   * different optimizer).
   *
   * @throws WeightsException if the stored slot does not fit the graph
   */
  public Weights slot(String name) {
    return storedSlot(name).orElseGet(this::zeros);
  }

  /**
   * Returns an optimizer slot, or nothing if none is stored and all values are zero.
   *
   * @throws WeightsException if the stored slot does not fit the graph
   */
  public Optional<Weights> storedSlot(String name) {
    return Optional.ofNullable(slots.get(name))
        .map(stored -> stored.requireFit(graph.name() + ": slot " + name, graph.trainableShapes()));
  }

  private Weights zeros() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    graph
        .trainableShapes()
        .forEach((parameter, shape) -> result.put(parameter, Tensor.floats(shape, b -> {})));
    return new Weights(result);
  }
}
