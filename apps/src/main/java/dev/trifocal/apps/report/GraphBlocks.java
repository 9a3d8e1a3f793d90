package dev.trifocal.apps.report;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A graph cut into as many blocks as a person can take in, along its paths. */
public final class GraphBlocks {
  /** Rows that fit a screen and a half. */
  private static final int READABLE = 64;

  private GraphBlocks() {}

  /**
   * Neighbours whose paths begin alike.
   *
   * @param path what the paths have in common; of a single node its whole path
   */
  public record Block(String path, List<Node> nodes) {
    public Block {
      nodes = List.copyOf(nodes);
    }

    /** What comes out of the block. */
    public Node last() {
      return nodes.get(nodes.size() - 1);
    }
  }

  /** One block for each node if they are few, else the finest cut that has few blocks. */
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
