package dev.trifocal.backend.onnx;

import dev.trifocal.graph.Graph;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the nodes whose value can be merged into what the next node computes. */
final class ReadOnce {
  private ReadOnce() {}

  /** Returns the paths of the nodes that exactly one other reads, and that are no outputs. */
  static Set<String> of(Graph graph) {
    Map<String, Long> readers =
        graph.nodes().stream()
            .flatMap(node -> node.inputs().stream())
            .collect(Collectors.groupingBy(path -> path, Collectors.counting()));
    return readers.keySet().stream()
        .filter(path -> readers.get(path) == 1 && !graph.outputs().containsValue(path))
        .collect(Collectors.toSet());
  }
}
