package dev.trifocal.graph;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.layer.ScoreValue;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An output of a model as a classifier's scores. This class alone decides which of several outputs
 * classifies.
 *
 * @param name name of the output
 * @param shape shape of one sample; empty if a size is dynamic
 * @param source name of the value that the output clips, casts or reshapes, or is
 * @param ids name of the output with the class ids of these scores, best first; empty if the scores
 *     are in the order of the ids
 * @param quantisation how the numbers of the output stand for scores
 */
public record ScoreOutput(
    String name,
    Optional<Shape> shape,
    ScoreKind kind,
    String source,
    Optional<String> ids,
    Quantisation quantisation) {
  private static final List<ScoreKind> NORMALISED =
      List.of(
          ScoreKind.PROBABILITIES,
          ScoreKind.LOG_PROBABILITIES,
          ScoreKind.SIGMOID,
          ScoreKind.LOG_SIGMOID);

  /** Creates an output whose numbers are the scores. */
  public ScoreOutput(
      String name, Optional<Shape> shape, ScoreKind kind, String source, Optional<String> ids) {
    this(name, shape, kind, source, ids, Quantisation.NONE);
  }

  /** Returns the outputs of a graph. */
  public static List<ScoreOutput> of(Graph graph) {
    Map<String, ScoreValue> values = values(graph);
    return graph.outputs().entrySet().stream()
        .map(
            entry -> {
              ScoreValue value = values.get(entry.getValue());
              return new ScoreOutput(
                  entry.getKey(),
                  Optional.of(graph.node(entry.getValue()).shape()),
                  value.kind(),
                  value.source(),
                  Optional.empty());
            })
        .toList();
  }

  /** Returns the kind of a node's values as scores. */
  public static ScoreKind kind(Graph graph, Node node) {
    return values(graph).get(node.path()).kind();
  }

  /** Returns what is known of each node's values as scores, by path. */
  static Map<String, ScoreValue> values(Graph graph) {
    Map<String, ScoreValue> result = new HashMap<>();
    for (Node node : graph.nodes()) {
      List<ScoreValue> inputs = node.inputs().stream().map(result::get).toList();
      result.put(node.path(), node.layer().scores(node.path(), inputs));
    }
    return result;
  }

  /**
   * Returns the output that classifies, if it is unambiguous: the only one; or else the one whose
   * best class another output gives; or else the only one of probabilities; or else the only one
   * with one number per class name; or else {@link Graph#OUTPUT}; or else the first, if all have
   * the same number of classes.
   *
   * @param classes number of class names; 0 if they are unknown
   */
  public static Optional<ScoreOutput> find(List<ScoreOutput> outputs, int classes) {
    if (outputs.size() == 1) {
      return Optional.of(outputs.get(0));
    }
    List<ScoreOutput> scores = outputs.stream().filter(ScoreOutput::isVector).toList();
    List<ScoreOutput> ranked = new ArrayList<>(scores);
    ranked.removeIf(one -> one.isIds() || scores.stream().noneMatch(other -> other.ranks(one)));
    return only(ranked)
        .or(() -> only(scores.stream().filter(ScoreOutput::isNormalised).toList()))
        .or(() -> only(scores.stream().filter(one -> one.classes() == classes).toList()))
        .or(() -> only(scores.stream().filter(one -> one.name.equals(Graph.OUTPUT)).toList()))
        .or(() -> only(scores.stream().filter(ScoreOutput::isIds).toList()))
        .or(() -> firstOfEqual(scores));
  }

  /**
   * Returns the output that classifies.
   *
   * @param model name of the model, for messages
   * @param classes number of class names; 0 if they are unknown
   * @param named name of the output; empty to derive it from the model
   * @throws ConfigurationException if there is no such output, or the model is ambiguous
   */
  public static ScoreOutput choose(
      String model, List<ScoreOutput> outputs, int classes, Optional<String> named) {
    if (named.isPresent()) {
      return outputs.stream()
          .filter(output -> output.name.equals(named.get()))
          .findFirst()
          .orElseThrow(
              () ->
                  new ConfigurationException(
                      "%s has no output '%s'; its outputs are %s"
                          .formatted(model, named.get(), list(outputs))));
    }
    return find(outputs, classes)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "%s does not tell which of its outputs classifies: %s; choose one by its name"
                        .formatted(model, list(outputs))));
  }

  /** Returns this output with another kind of scores. */
  public ScoreOutput kind(ScoreKind other) {
    return new ScoreOutput(name, shape, other, source, ids, quantisation);
  }

  private boolean isVector() {
    return shape.map(s -> s.rank() == 0 ? isIds() : isVector(s)).orElse(true);
  }

  /** Returns whether all axes but one have size 1, as in {@code [K, 1, 1]} and {@code [1, K]}. */
  static boolean isVector(Shape shape) {
    return shape.rank() > 0 && shape.elements() == Collections.max(shape.sizes());
  }

  private boolean isIds() {
    return kind == ScoreKind.CLASS_IDS;
  }

  private boolean isNormalised() {
    return NORMALISED.contains(kind);
  }

  /** Returns true if this output has the ids of the best classes of {@code scores}. */
  private boolean ranks(ScoreOutput scores) {
    return isIds() && source.equals(scores.source);
  }

  /** Returns the number of classes; -1 if it is unknown. */
  private int classes() {
    return shape
        .filter(s -> s.rank() > 0 && !isIds())
        .map(s -> Collections.max(s.sizes()))
        .orElse(-1);
  }

  private static Optional<ScoreOutput> only(List<ScoreOutput> outputs) {
    return outputs.size() == 1 ? Optional.of(outputs.get(0)) : Optional.empty();
  }

  private static Optional<ScoreOutput> firstOfEqual(List<ScoreOutput> scores) {
    boolean equal =
        scores.stream().map(ScoreOutput::classes).distinct().count() == 1
            && scores.get(0).classes() > 0;
    return equal ? Optional.of(scores.get(0)) : Optional.empty();
  }

  private static String list(List<ScoreOutput> outputs) {
    return outputs.stream()
        .map(output -> output.name + output.shape.map(s -> " " + s).orElse(""))
        .collect(Collectors.joining(", "));
  }
}
