package dev.trifocal.apps.model;

import dev.trifocal.config.Suggestion;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks of the paths by which users name nodes. */
public final class NodePaths {
  private NodePaths() {}

  /**
   * Checks that a node or block exists.
   *
   * @throws ConfigurationException if no node is at or below the path
   */
  public static void requirePlace(Graph graph, String flag, String path) {
    if (!graph.places().contains(path)) {
      throw unknown(graph, flag, path, graph.places());
    }
  }

  /**
   * Checks that a node exists.
   *
   * @throws ConfigurationException if it does not
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
        "%s has no layer %s for %s%s; 'trifocal summary MODEL --json' lists all paths"
            .formatted(graph.name(), path, flag, Suggestion.didYouMean(path, places)));
  }
}
