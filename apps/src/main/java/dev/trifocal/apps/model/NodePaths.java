package dev.trifocal.apps.model;

import dev.trifocal.config.Suggestion;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Places in a graph, as users name them. */
public final class NodePaths {
  private NodePaths() {}

  /**
   * @throws ConfigurationException if there is nothing at or below the path
   */
  public static void requirePlace(Graph graph, String flag, String path) {
    if (!graph.places().contains(path)) {
      throw unknown(graph, flag, path, graph.places());
    }
  }

  /**
   * @throws ConfigurationException if there is no such node
   */
  public static void requireNode(Graph graph, String flag, String path) {
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
}
