package dev.trifocal.graph;

import dev.trifocal.layer.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes which values are in memory at the same time when a graph runs node by node in evaluation
 * mode.
 */
final class LiveValues {
  private final Graph graph;
  private final Map<String, Integer> lastReader;
  private final Map<String, Buffer> buffers = new HashMap<>();
  private final List<Buffer> all = new ArrayList<>();

  private LiveValues(Graph graph) {
    this.graph = graph;
    List<Node> nodes = graph.nodes();
    this.lastReader = graph.lastReaders();
    for (int i = 0; i < nodes.size(); i++) {
      place(nodes.get(i), i);
    }
  }

  /** Returns the peak number of live elements for one sample. */
  static long peak(Graph graph) {
    return new LiveValues(graph).peak();
  }

  private long peak() {
    long peak = 0;
    for (int i = 0; i < graph.nodes().size(); i++) {
      int now = i;
      long alive =
          all.stream()
              .filter(buffer -> buffer.from <= now && now <= buffer.to)
              .mapToLong(buffer -> buffer.elements)
              .sum();
      peak = Math.max(peak, alive);
    }
    return peak;
  }

  private void place(Node node, int index) {
    Buffer shared = node.inputs().isEmpty() ? null : buffers.get(node.inputs().get(0));
    boolean reuse =
        switch (node.layer().storage()) {
          case GIVEN, OWN -> false;
          case VIEW, VIEW_IN_EVALUATION -> true;
          case OVER_INPUT -> !shared.given && shared.to <= index;
        };
    Buffer buffer = reuse ? shared : new Buffer(node, index);
    if (!reuse) {
      all.add(buffer);
    }
    buffer.to = Math.max(buffer.to, lastReader.get(node.path()));
    buffers.put(node.path(), buffer);
  }

  /** Memory shared by a value, its views and the values that overwrite it. */
  private static final class Buffer {
    private final long elements;
    private final boolean given;
    private final int from;
    private int to;

    Buffer(Node node, int from) {
      this.elements = node.shape().elements();
      this.given = node.layer().storage() == Storage.GIVEN;
      this.from = from;
    }
  }
}
