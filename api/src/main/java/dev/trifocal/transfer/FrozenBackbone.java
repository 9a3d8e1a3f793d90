package dev.trifocal.transfer;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Input;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A graph cut in two at a node through which everything flows: what lies in front gives the same
 * values for a sample in every step, so that it need run only once for each.
 *
 * @param front ends in that node
 * @param rest reads its value; parameters and random numbers keep their names
 */
public record FrozenBackbone(Graph front, Graph rest) {
  /**
   * The cut that leaves as little as possible to do in every step; empty if nothing would be saved.
   * What depends on the other samples of a batch stays behind it.
   */
  public static Optional<FrozenBackbone> of(Graph graph) {
    List<Node> nodes = graph.nodes();
    for (int i = firstLive(nodes) - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      boolean computed = !node.inputs().isEmpty();
      if (computed && node.batched()) {
        Graph front = graph.upTo(node.path());
        Optional<Graph> rest = behind(graph, node);
        if (rest.isPresent() && front.nodes().stream().allMatch(Node::batched)) {
          return Optional.of(new FrozenBackbone(front, rest.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** Elements of what is kept for a sample. */
  public long elements() {
    return front.output(Graph.OUTPUT).shape().elements();
  }

  /** The first node that changes from step to step. */
  private static int firstLive(List<Node> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      boolean changing = node.layer().isStochastic() || !node.parameters().isEmpty();
      if (!node.frozen() && changing) {
        return i;
      }
    }
    return nodes.size();
  }

  /** What follows a node, if nothing of it reads past the node what enters the graph. */
  private static Optional<Graph> behind(Graph graph, Node cut) {
    Set<String> needed = new HashSet<>(graph.outputs().values());
    List<Node> kept = new ArrayList<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (node.path().equals(cut.path())) {
        Input entrance = new Input(cut.shape());
        kept.add(new Node(cut.path(), entrance, List.of(), List.of(), cut.shape(), true, false));
      } else if (needed.contains(node.path())) {
        if (node.layer().isInput()) {
          return Optional.empty();
        }
        kept.add(node);
        needed.addAll(node.inputs());
      }
    }
    Collections.reverse(kept);
    return Optional.of(new Graph(graph.name(), kept, graph.outputs()));
  }
}
