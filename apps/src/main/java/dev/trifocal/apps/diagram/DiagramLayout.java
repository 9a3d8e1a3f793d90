package dev.trifocal.apps.diagram;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The layout of a graph: rows from top to bottom, with each node below all its inputs, and lanes
 * from left to right. A chain of nodes stays in one lane; side branches occupy lanes further right
 * until they end.
 */
final class DiagramLayout {
  private final Map<String, Integer> rows = new HashMap<>();
  private final Map<String, Integer> lanes = new HashMap<>();
  private final Set<Place> places = new HashSet<>();
  private int laneCount;

  private record Place(int row, int lane) {}

  private DiagramLayout() {}

  static DiagramLayout of(Graph graph) {
    DiagramLayout result = new DiagramLayout();
    for (Node node : graph.nodes()) {
      int above = node.inputs().stream().mapToInt(result.rows::get).max().orElse(-1);
      result.rows.put(node.path(), above + 1);
    }
    result.place(result.chains(graph), result.lastReaders(graph));
    return result;
  }

  int row(String path) {
    return rows.get(path);
  }

  int lane(String path) {
    return lanes.get(path);
  }

  /** Returns whether the lower node's lane is free between the rows of two nodes. */
  boolean isClear(String upper, String lower) {
    return IntStream.range(row(upper) + 1, row(lower))
        .noneMatch(row -> places.contains(new Place(row, lane(lower))));
  }

  int laneCount() {
    return laneCount;
  }

  int rowCount() {
    return rows.values().stream().mapToInt(row -> row + 1).max().orElse(0);
  }

  /**
   * Splits the graph into chains; a node extends the oldest chain that ends in one of its inputs.
   */
  private List<List<Node>> chains(Graph graph) {
    List<List<Node>> chains = new ArrayList<>();
    Map<String, List<Node>> tails = new HashMap<>();
    for (Node node : graph.nodes()) {
      List<Node> chain =
          chains.stream()
              .filter(one -> node.inputs().stream().anyMatch(input -> tails.get(input) == one))
              .findFirst()
              .orElseGet(() -> added(chains));
      if (!chain.isEmpty()) {
        tails.remove(chain.get(chain.size() - 1).path());
      }
      chain.add(node);
      tails.put(node.path(), chain);
    }
    return chains;
  }

  private static List<Node> added(List<List<Node>> chains) {
    List<Node> chain = new ArrayList<>();
    chains.add(chain);
    return chain;
  }

  private Map<String, Integer> lastReaders(Graph graph) {
    Map<String, Integer> last = new HashMap<>(rows);
    graph
        .nodes()
        .forEach(
            node -> node.inputs().forEach(i -> last.merge(i, row(node.path()) - 1, Math::max)));
    return last;
  }

  private void place(List<List<Node>> chains, Map<String, Integer> lastReaders) {
    List<Set<Integer>> taken = new ArrayList<>();
    for (List<Node> chain : chains) {
      Set<Integer> needed = new HashSet<>();
      int end = lastReaders.get(chain.get(chain.size() - 1).path());
      for (int row = row(chain.get(0).path()); row <= end; row++) {
        needed.add(row);
      }
      int lane = 0;
      while (lane < taken.size() && taken.get(lane).stream().anyMatch(needed::contains)) {
        lane++;
      }
      if (lane == taken.size()) {
        taken.add(new HashSet<>());
      }
      taken.get(lane).addAll(needed);
      for (Node node : chain) {
        lanes.put(node.path(), lane);
        places.add(new Place(row(node.path()), lane));
      }
    }
    laneCount = taken.size();
  }
}
