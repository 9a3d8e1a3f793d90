package dev.trifocal.transfer;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import java.util.List;
import java.util.stream.IntStream;

/** Which layers of a frozen base learn when fine-tuning begins. */
public sealed interface Unfreezing {
  /**
   * The graph with these layers, and all that follow, no longer frozen.
   *
   * @param graph with its base frozen
   * @throws ConfigurationException if there are no such layers
   */
  Graph thaw(Graph graph);

  /** All of the base. */
  record Everything() implements Unfreezing {
    @Override
    public Graph thaw(Graph graph) {
      return graph.freezeOnly(node -> false);
    }
  }

  /**
   * From a layer on, in the order of the graph, as Keras's {@code for layer in base.layers[:100]}.
   *
   * @param path of a node, or of the block whose first node it is
   */
  record From(String path) implements Unfreezing {
    @Override
    public Graph thaw(Graph graph) {
      List<Node> nodes = graph.nodes();
      int first =
          IntStream.range(0, nodes.size())
              .filter(i -> isAt(nodes.get(i).path(), path))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ConfigurationException(
                          "%s: there is nothing at %s to fine-tune from; 'trifocal summary MODEL --json' lists all paths"
                              .formatted(graph.name(), path)));
      return from(graph, first);
    }
  }

  /**
   * The last layers that have weights, the head's not counted.
   *
   * @param count positive
   */
  record Last(int count) implements Unfreezing {
    public Last {
      if (count <= 0) {
        throw new ConfigurationException(
            "the number of layers to fine-tune must be positive, but is " + count);
      }
    }

    @Override
    public Graph thaw(Graph graph) {
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
   * The last layers that have weights, as a share of all of the base's, rounded up.
   *
   * @param share above 0, at most 1
   */
  record Share(double share) implements Unfreezing {
    public Share {
      if (!(share > 0 && share <= 1)) {
        throw new ConfigurationException(
            "the share of layers to fine-tune must be above 0 and at most 1, but is " + share);
      }
    }

    @Override
    public Graph thaw(Graph graph) {
      int all = frozenWithWeights(graph).length;
      return all == 0 ? graph : new Last((int) Math.ceil(share * all)).thaw(graph);
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
