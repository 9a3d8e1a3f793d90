package dev.trifocal.apps.report;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Groups the nodes of a graph by path into a readable number of blocks. */
public final class GraphBlocks {
  /** The largest number of blocks, about a screen and a half of rows. */
  private static final int READABLE = 64;

  private GraphBlocks() {}

  /**
   * Adjacent nodes with a common path prefix.
   *
   * @param path the common prefix; for a single node, its whole path
   * @param nodes the nodes, in the order of the graph
   */
  public record Block(String path, List<Node> nodes) {
    public Block {
      nodes = List.copyOf(nodes);
    }

    /** Returns the last node, whose output is the block's. */
    public Node last() {
      return nodes.get(nodes.size() - 1);
    }
  }

  /** Returns one block per node if there are few, else the finest grouping with few blocks. */
  public static List<Block> of(Graph graph) {
    int deepest = graph.nodes().stream().mapToInt(node -> parts(node).length).max().orElse(1);
    return IntStream.iterate(deepest, depth -> depth > 1, depth -> depth - 1)
        .mapToObj(depth -> cut(graph, depth))
        .filter(blocks -> blocks.size() <= READABLE)
        .findFirst()
        .orElseGet(() -> cut(graph, 1));
  }

  private static List<Block> cut(Graph graph, int depth) {
    List<Block> blocks = new ArrayList<>();
    List<Node> open = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!open.isEmpty() && !prefix(node, depth).equals(prefix(open.get(0), depth))) {
        blocks.add(block(open, depth));
        open.clear();
      }
      open.add(node);
    }
    blocks.add(block(open, depth));
    return blocks;
  }

  private static Block block(List<Node> nodes, int depth) {
    Node first = nodes.get(0);
    return new Block(nodes.size() == 1 ? first.path() : prefix(first, depth), nodes);
  }

  private static String prefix(Node node, int depth) {
    String[] parts = parts(node);
    return String.join(".", Arrays.copyOf(parts, Math.min(depth, parts.length)));
  }

  private static String[] parts(Node node) {
    return node.path().split("[.]");
  }
}
