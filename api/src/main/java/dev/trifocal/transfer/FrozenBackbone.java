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
 * A graph cut in two at a node through which everything flows: the part before the node yields the
 * same values for a sample in every step, so it runs once per sample.
 *
 * @param front part that ends with the node
 * @param rest part after the node, with the node's value as its input; parameters and random
 *     numbers keep their names
 */
public record FrozenBackbone(Graph front, Graph rest) {
  /**
   * Returns the cut that leaves the least to compute in every step; empty if it would save nothing.
   * Nodes whose values depend on other samples of the batch are never in the front.
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

  /** Returns the number of cached values per sample. */
  public long elements() {
    return front.output(Graph.OUTPUT).shape().elements();
  }

  /** Returns the index of the first node that is trained or random. */
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

  /** Returns the part after a node; empty if it uses the graph's inputs directly. */
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
