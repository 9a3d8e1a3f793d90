package dev.trifocal.apps.model;

import dev.trifocal.config.Suggestion;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Places in a graph, as users name them. */
public interface Paths {
  /** The name, or with a number after it, so that nothing in the graph is at or below it. */
  static String unused(Graph graph, String name) {
    Set<String> taken = places(graph);
    String result = name;
    for (int count = 2; taken.contains(result); count++) {
      result = name + "_" + count;
    }
    return result;
  }

  /**
   * @throws ConfigurationException if there is nothing at or below the path
   */
  static void requirePlace(Graph graph, String flag, String path) {
    if (!places(graph).contains(path)) {
      throw unknown(graph, flag, path, places(graph));
    }
  }

  /**
   * @throws ConfigurationException if there is no such node
   */
  static void requireNode(Graph graph, String flag, String path) {
    List<String> nodes = graph.nodes().stream().map(Node::path).toList();
    if (!nodes.contains(path)) {
      throw unknown(graph, flag, path, new LinkedHashSet<>(nodes));
    }
  }

  private static ConfigurationException unknown(
      Graph graph, String flag, String path, Set<String> places) {
    return new ConfigurationException(
        "%s: there is nothing at %s for %s%s; 'trifocal summary MODEL --json' lists all paths"
            .formatted(graph.name(), path, flag, Suggestion.didYouMean(path, places)));
  }

  /** The paths of all nodes, and of the blocks that they lie in. */
  private static Set<String> places(Graph graph) {
    Set<String> result = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      String path = node.path();
      result.add(path);
      for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
        result.add(path.substring(0, dot));
      }
    }
    return result;
  }
}
