package dev.trifocal.graph;

import dev.trifocal.layer.Layer;
import dev.trifocal.layer.ScoreKind;
import java.util.Map;
import java.util.Optional;

/**
 * A classifier's graph up to its logits {@code [K]}, which losses work on.
 *
 * @param graph with one output, {@link Graph#OUTPUT}
 * @param softmax path of the layer that was left out, if one was
 */
public record Logits(Graph graph, Optional<String> softmax) {
  /** Of a graph's first output; of one that does not classify, that output as it is. */
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

  /** How a graph's first output is to be read where it classifies. */
  public static ScoreKind scores(Graph graph) {
    return passed(graph, graph.node(end(graph))).layer().scores();
  }

  private static String end(Graph graph) {
    return graph.outputs().values().iterator().next();
  }

  /** The node that makes the numbers, behind those that only show them in another shape. */
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

  /** {@code [K]}, or {@code [K, 1, 1]}. */
  private static boolean isVector(Node node) {
    return node.shape().rank() > 0 && node.shape().elements() == node.shape().size(0);
  }
}
