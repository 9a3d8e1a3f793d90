package dev.trifocal.graph;

import dev.trifocal.layer.Add;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the values of a training step take of memory, in elements of one sample. All lists have an
 * entry for each node, in the order of the graph.
 *
 * @param sizes elements of the value, if gradients flow through it
 * @param held elements that the value adds to what the backward pass needs
 * @param gradients elements of the gradients of the value and of what its node reads, which exist
 *     at the same time
 * @param lastReaders see {@link Graph#lastReaders}
 * @param merged whether the only reader is an activation, a dropout or a sum, which engines merge
 *     into what computes the value
 */
record StepValues(
    List<Long> sizes,
    List<Long> held,
    List<Long> gradients,
    List<Integer> lastReaders,
    List<Boolean> merged) {

  /** Elements of float32 in the memory of a position of a maximum, which is an int64. */
  private static final long POSITION = 2;

  static StepValues of(Graph graph) {
    Set<String> reaching = graph.leadingToTrained();
    Map<String, List<Node>> readers = readers(graph);
    Map<String, Integer> lastReaders = graph.lastReaders();
    Map<String, Long> sizes = new LinkedHashMap<>();
    List<Long> held = new ArrayList<>();
    List<Long> gradients = new ArrayList<>();
    List<Integer> last = new ArrayList<>();
    List<Boolean> merged = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean counts = node.batched() && reaching.contains(node.path());
      long size = counts ? node.shape().elements() : 0;
      sizes.put(node.path(), size);
      last.add(lastReaders.get(node.path()));
      Optional<Layer> reader =
          graph.outputs().containsValue(node.path())
              ? Optional.empty()
              : only(readers.getOrDefault(node.path(), List.of()));
      boolean merges = reader.filter(StepValues::merges).isPresent();
      boolean pooled = reader.filter(layer -> isPooledRelu(node.layer(), layer)).isPresent();
      merged.add(merges);
      held.add(merges || pooled ? 0 : size * heldFor(node.layer()));
      long read = node.inputs().stream().mapToLong(sizes::get).sum();
      gradients.add(pooled ? 0 : size + read);
    }
    return new StepValues(List.copyOf(sizes.values()), held, gradients, last, merged);
  }

  private static Optional<Layer> only(List<Node> readers) {
    return readers.size() == 1 ? Optional.of(readers.get(0).layer()) : Optional.empty();
  }

  /** Returns whether a value need not exist beside what its only reader makes. */
  private static boolean merges(Layer reader) {
    return switch (reader.storage()) {
      case OVER_INPUT, VIEW_IN_EVALUATION -> true;
      case GIVEN, OWN, VIEW -> reader.equals(new Add());
    };
  }

  /**
   * Returns whether the output of the pool tells the gradient of the relu: the maximum of a window
   * passes through it exactly if it is positive.
   */
  private static boolean isPooledRelu(Layer layer, Layer reader) {
    return layer.equals(Layer.relu()) && isMaxPool(reader);
  }

  private static boolean isMaxPool(Layer layer) {
    return layer.kind().equals("MaxPool2d");
  }

  /** Returns what is held for an element of the output. */
  private static long heldFor(Layer layer) {
    if (layer.storage() == Storage.VIEW) {
      return 0;
    }
    return isMaxPool(layer) ? 1 + POSITION : 1;
  }

  private static Map<String, List<Node>> readers(Graph graph) {
    Map<String, List<Node>> result = new HashMap<>();
    for (Node node : graph.nodes()) {
      node.inputs().forEach(path -> result.computeIfAbsent(path, p -> new ArrayList<>()).add(node));
    }
    return result;
  }
}
