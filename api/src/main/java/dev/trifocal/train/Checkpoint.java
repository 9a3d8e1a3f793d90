package dev.trifocal.train;

import dev.trifocal.error.WeightsException;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that a training needs to go on, on any engine.
 *
 * @param slots the optimizer's arrays: slot name to parameter name to values
 * @param step steps taken so far
 * @param seed of dropout masks; shuffling and first weights come from it too
 */
public record Checkpoint(
    Graph graph, Weights weights, Map<String, Weights> slots, long step, long seed) {
  public Checkpoint {
    weights.requireFit(graph.name(), graph.weightShapes());
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }

  /** The start of a training: weights as given, no optimizer state yet. */
  public static Checkpoint start(Graph graph, Weights weights, long seed) {
    return new Checkpoint(graph, weights, Map.of(), 0, seed);
  }

  /** The start of a training from the graph's own first weights. */
  public static Checkpoint start(Graph graph, long seed) {
    return start(graph, graph.initialWeights(seed), seed);
  }

  /**
   * This checkpoint with the averages of its weights in their place, where there are any; running
   * statistics and frozen weights stay as they are.
   */
  public Checkpoint averaged() {
    Weights averages = slots.get(ExponentialMovingAverage.SLOT);
    return averages == null
        ? this
        : new Checkpoint(graph, weights.with(averages.tensors()), slots, step, seed);
  }

  /**
   * One of the optimizer's slots for all that is trained: as stored, or zero where nothing is
   * stored (a new training, or another optimizer than before).
   *
   * @throws WeightsException if what is stored does not fit the graph
   */
  public Weights slot(String name) {
    Map<String, Shape> shapes = graph.trainableShapes();
    Weights stored = slots.get(name);
    if (stored != null) {
      return stored.requireFit(graph.name() + ": slot " + name, shapes);
    }
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    shapes.forEach((parameter, shape) -> zeros.put(parameter, Tensor.floats(shape, b -> {})));
    return new Weights(zeros);
  }
}
