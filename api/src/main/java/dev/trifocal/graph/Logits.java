package dev.trifocal.graph;

import dev.trifocal.layer.Layer;
import dev.trifocal.layer.ScoreKind;
import java.util.Map;
import java.util.Optional;

/**
 * A classifier's graph up to its logits {@code [K]}, on which losses are computed.
 *
 * @param graph graph with one output, {@link Graph#OUTPUT}
 * @param softmax path of the removed softmax layer, if there was one
 */
public record Logits(Graph graph, Optional<String> softmax) {
  /**
   * Returns the logits of a graph's first output; if it is not a classifier's, the output
   * unchanged.
   */
  public static Logits of(Graph graph) {
    String end = end(graph);
    Node last = passed(graph, graph.node(end));
    boolean normalised = last.layer().scores() == ScoreKind.PROBABILITIES && isVector(last);
    if (normalised) {
      String path = last.inputs().get(0);
      return new Logits(flat(graph, path), Optional.of(last.path()));
    }
    return new Logits(flat(graph, end), Optional.empty());
  }

  /** Returns whether a classifier's first output holds logits or probabilities. */
  public static ScoreKind scores(Graph graph) {
    return passed(graph, graph.node(end(graph))).layer().scores();
  }

  private static String end(Graph graph) {
    return graph.outputs().values().iterator().next();
  }

  /** Returns the node that computes the values, skipping nodes that only reshape them. */
  private static Node passed(Graph graph, Node node) {
    Node result = node;
    while (result.layer().keepsElements()) {
      result = graph.node(result.inputs().get(0));
    }
    return result;
  }

  private static Graph flat(Graph graph, String path) {
    Node node = graph.node(path);
    if (node.shape().rank() > 1 && isVector(node)) {
      String name = graph.unusedPath("logits");
      return graph.withHead(path, value -> value.then(name, Layer.flatten()));
    }
    return graph.outputs().equals(Map.of(Graph.OUTPUT, path)) ? graph : graph.upTo(path);
  }

  /** Returns whether the shape is {@code [K]}, {@code [K, 1, 1]} or similar. */
  private static boolean isVector(Node node) {
    return node.shape().rank() > 0 && node.shape().elements() == node.shape().size(0);
  }
}
