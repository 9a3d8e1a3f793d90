package dev.trifocal.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The blocks in which a training step runs a graph if it keeps only the values at their borders and
 * runs the layers of a block again in the backward pass. All blocks but the last run twice.
 *
 * <p>The borders are those for which the estimated peak of the step is lowest; among equals, the
 * last block is the largest. There is a single block if recomputation would not lower the peak.
 *
 * @see <a href="https://arxiv.org/abs/1604.06174">Chen et al. 2016, Training Deep Nets with
 *     Sublinear Memory Cost</a>
 */
public record RecomputationPlan(List<Block> blocks) {
  /**
   * Consecutive nodes.
   *
   * @param kept paths of the nodes whose values later blocks read, so that they stay in memory
   */
  public record Block(List<Node> nodes, Set<String> kept) {
    public Block {
      nodes = List.copyOf(nodes);
      kept = Set.copyOf(kept);
    }
  }

  public RecomputationPlan {
    blocks = List.copyOf(blocks);
  }

  /** Returns the plan of the lowest peak. */
  public static RecomputationPlan of(Graph graph) {
    return at(graph, new BlockBorders(StepValues.of(graph)).ofLowestPeak());
  }

  /** Returns a plan of one block: nothing runs twice. */
  public static RecomputationPlan none(Graph graph) {
    return at(graph, List.of());
  }

  /**
   * Returns the plan with given borders.
   *
   * @param borders ascending indices of the nodes that begin a block, without the first
   */
  static RecomputationPlan at(Graph graph, List<Integer> borders) {
    List<Block> blocks = new ArrayList<>();
    Map<String, Integer> lastReaders = graph.lastReaders();
    int from = 0;
    for (int border = 0; border <= borders.size(); border++) {
      int to = border < borders.size() ? borders.get(border) : graph.nodes().size();
      List<Node> nodes = graph.nodes().subList(from, to);
      Set<String> kept = new HashSet<>();
      nodes.stream().map(Node::path).filter(path -> lastReaders.get(path) >= to).forEach(kept::add);
      blocks.add(new Block(nodes, kept));
      from = to;
    }
    return new RecomputationPlan(blocks);
  }
}
