package dev.trifocal.graph;

import dev.trifocal.layer.Layer;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.layer.ScoreValue;
import dev.trifocal.shape.Shape;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A classifier's graph up to its logits {@code [K]}, on which losses are computed. A single logit
 * {@code [1]} distinguishes two classes.
 *
 * @param graph graph with one output, {@link Graph#OUTPUT}
 * @param removed path of the softmax or sigmoid that was removed, if any
 * @param kind kind of the original output: {@link ScoreKind#SIGMOID} for independent units
 */
public record Logits(Graph graph, Optional<String> removed, ScoreKind kind) {
  /** The lower bound of probabilities before the logarithm, as in Keras. */
  private static final double SMALLEST = 1e-7;

  /** The kinds of which the logits must be found; log-probabilities are logits themselves. */
  private static final Set<ScoreKind> NORMALISED =
      EnumSet.of(ScoreKind.PROBABILITIES, ScoreKind.SIGMOID, ScoreKind.LOG_SIGMOID);

  /**
   * Returns the logits of the output that classifies, or of the first output if that is ambiguous.
   */
  public static Logits of(Graph graph) {
    Optional<String> output = ScoreOutput.find(ScoreOutput.of(graph), 0).map(ScoreOutput::name);
    return of(graph, output, NORMALISED);
  }

  /** Returns the logits of an output; an output that does not classify is kept. */
  public static Logits of(Graph graph, String output) {
    return of(graph, Optional.of(output), NORMALISED);
  }

  /**
   * Returns the values of which an output is the softmax, its logarithm or the sigmoid: each
   * class's own, whereas a log-probability also depends on the other classes.
   */
  public static Logits unnormalised(Graph graph, String output) {
    Set<ScoreKind> kinds = EnumSet.of(ScoreKind.LOG_PROBABILITIES);
    kinds.addAll(NORMALISED);
    return of(graph, Optional.of(output), kinds);
  }

  /** Returns the number of classes: 2 for a single logit, or else the number of logits. */
  public int classes() {
    Shape shape = graph.output(Graph.OUTPUT).shape();
    return shape.elements() == 1 ? 2 : shape.size(0);
  }

  private static Logits of(Graph graph, Optional<String> output, Set<ScoreKind> normalised) {
    String end = graph.outputs().get(output.orElse(graph.outputs().keySet().iterator().next()));
    ScoreValue value = ScoreOutput.values(graph).get(end);
    ScoreKind kind = value.kind();
    if (!normalised.contains(kind) || !isVector(graph.node(end))) {
      return new Logits(flat(graph, end), Optional.empty(), kind);
    }
    return value
        .logits()
        .filter(path -> isVector(graph.node(path)))
        .map(path -> new Logits(flat(graph, path), Optional.of(value.source()), kind))
        .orElseGet(() -> new Logits(inverted(graph, end, kind), Optional.empty(), kind));
  }

  /** Returns the logarithms of the probabilities, or of the odds of independent units. */
  private static Graph inverted(Graph graph, String path, ScoreKind kind) {
    return graph.withHead(
        path,
        value -> {
          Value share = value.then(graph.unusedPath("shares"), row(graph.node(path)));
          return switch (kind) {
            case SIGMOID -> odds(share.clip(SMALLEST, 1 - SMALLEST));
            case LOG_SIGMOID -> odds(share.exp().clip(SMALLEST, 1 - SMALLEST));
            case LOG_PROBABILITIES -> share;
            // Percentages and the like have the same softmax.
            default -> share.clip(SMALLEST, Float.MAX_VALUE).log();
          };
        });
  }

  private static Value odds(Value share) {
    return share.log().minus(share.times(-1).plus(1).log());
  }

  private static Graph flat(Graph graph, String path) {
    Node node = graph.node(path);
    if (node.shape().rank() != 1 && isVector(node)) {
      String name = graph.unusedPath("logits");
      return graph.withHead(path, value -> value.then(name, row(node)));
    }
    return graph.outputs().equals(Map.of(Graph.OUTPUT, path)) ? graph : graph.upTo(path);
  }

  private static Layer row(Node node) {
    return node.shape().rank() == 0 ? Layer.reshape(1) : Layer.flatten();
  }

  /** Returns whether the shape is {@code [K]}, {@code [K, 1, 1]} or similar, or of one number. */
  private static boolean isVector(Node node) {
    return node.shape().rank() == 0 || ScoreOutput.isVector(node.shape());
  }
}
