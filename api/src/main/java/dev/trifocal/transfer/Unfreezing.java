package dev.trifocal.transfer;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.List;
import java.util.stream.IntStream;

/** The layers of a frozen base to train during fine-tuning. */
public sealed interface Unfreezing {
  /**
   * Returns the graph with these layers and all later layers unfrozen.
   *
   * @param graph graph with a frozen base
   * @throws ConfigurationException if these layers do not exist
   */
  Graph unfreeze(Graph graph);

  /** All layers of the base. */
  record Everything() implements Unfreezing {
    @Override
    public Graph unfreeze(Graph graph) {
      return graph.freezeOnly(node -> false);
    }
  }

  /**
   * A layer and all later layers in the order of the graph, like {@code for layer in
   * base.layers[:100]: layer.trainable = False} in Keras.
   *
   * @param path path of a node, or of a block for its first node
   */
  record From(String path) implements Unfreezing {
    @Override
    public Graph unfreeze(Graph graph) {
      List<Node> nodes = graph.nodes();
      int first =
          IntStream.range(0, nodes.size())
              .filter(i -> isAt(nodes.get(i).path(), path))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ConfigurationException(
                          "%s: has no layer %s to fine-tune from; specify the path of a node or block"
                              .formatted(graph.name(), path)));
      return from(graph, first);
    }
  }

  /**
   * The last layers with weights, not counting the head.
   *
   * @param count number of layers, positive
   */
  record Last(int count) implements Unfreezing {
    public Last {
      if (count <= 0) {
        throw new ConfigurationException(
            "the number of layers to fine-tune must be positive, but is " + count);
      }
    }

    @Override
    public Graph unfreeze(Graph graph) {
      int[] weighted = frozenWithWeights(graph);
      if (count > weighted.length) {
        throw new ConfigurationException(
            "%s: %d layers cannot be fine-tuned; the base has %d with weights"
                .formatted(graph.name(), count, weighted.length));
      }
      return from(graph, weighted[weighted.length - count]);
    }
  }

  /**
   * The last layers with weights, as a share of the base's layers with weights, rounded up.
   *
   * @param share share in (0, 1]
   */
  record Share(double share) implements Unfreezing {
    public Share {
      if (!(share > 0 && share <= 1)) {
        throw new ConfigurationException(
            "the share of layers to fine-tune must be above 0 and at most 1, but is " + share);
      }
    }

    @Override
    public Graph unfreeze(Graph graph) {
      int all = frozenWithWeights(graph).length;
      return all == 0 ? graph : new Last((int) Math.ceil(share * all)).unfreeze(graph);
    }
  }

  private static int[] frozenWithWeights(Graph graph) {
    List<Node> nodes = graph.nodes();
    return IntStream.range(0, nodes.size())
        .filter(i -> nodes.get(i).frozen() && !nodes.get(i).parameters().isEmpty())
        .toArray();
  }

  private static boolean isAt(String path, String place) {
    return path.equals(place) || path.startsWith(place + ".");
  }

  private static Graph from(Graph graph, int first) {
    List<String> before = graph.nodes().subList(0, first).stream().map(Node::path).toList();
    return graph.freezeOnly(node -> before.contains(node.path()));
  }
}
