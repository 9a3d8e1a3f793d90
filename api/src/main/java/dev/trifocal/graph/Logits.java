package dev.trifocal.graph;

import dev.trifocal.layer.Layer;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import java.util.Map;
import java.util.Optional;

/**
 * A classifier's graph up to its logits {@code [K]}, on which losses are computed. A single logit
 * {@code [1]} distinguishes two classes.
 *
 * @param graph graph with one output, {@link Graph#OUTPUT}
 * @param removed path of the softmax or sigmoid that was removed, if any
 * @param kind kind of the original output: {@link ScoreKind#SIGMOID} for independent units
 */
public record Logits(Graph graph, Optional<String> removed, ScoreKind kind) {
  /**
   * Returns the logits of the output that classifies, or of the first output if that is ambiguous.
   */
  public static Logits of(Graph graph) {
    return of(graph, ScoreOutput.find(ScoreOutput.of(graph), 0).map(ScoreOutput::name));
  }

  /** Returns the logits of an output; an output that does not classify is kept. */
  public static Logits of(Graph graph, String output) {
    return of(graph, Optional.of(output));
  }

  /** Returns the number of classes: 2 for a single logit, or else the number of logits. */
  public int classes() {
    Shape shape = graph.output(Graph.OUTPUT).shape();
    return shape.elements() == 1 ? 2 : shape.size(0);
  }

  private static Logits of(Graph graph, Optional<String> output) {
    String end = graph.outputs().get(output.orElse(graph.outputs().keySet().iterator().next()));
    ScoreKind kind = ScoreOutput.kind(graph, graph.node(end));
    Node last = ScoreOutput.shown(graph, graph.node(end));
    boolean normalised = kind == ScoreKind.PROBABILITIES || kind == ScoreKind.SIGMOID;
    if (normalised && isVector(last)) {
      return new Logits(flat(graph, last.inputs().get(0)), Optional.of(last.path()), kind);
    }
    return new Logits(flat(graph, end), Optional.empty(), kind);
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
    Shape shape = node.shape();
    return shape.rank() > 0 && shape.elements() == shape.size(0);
  }
}
