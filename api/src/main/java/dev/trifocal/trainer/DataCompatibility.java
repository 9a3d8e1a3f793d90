package dev.trifocal.trainer;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.metric.Metric;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.LossTerm;
import dev.trifocal.train.Objective;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks before the first step that a model and its data are compatible. */
public final class DataCompatibility {
  private DataCompatibility() {}

  /**
   * Checks the training and validation data, the last training batch and the metrics.
   *
   * @throws DataException if something does not match; the message names all problems
   */
  public static void require(TrainingState state, Splits data, int batchSize) {
    Graph graph = state.checkpoint().graph();
    Set<String> problems = new LinkedHashSet<>();
    for (Dataset part : measured(data)) {
      if (problems.isEmpty()) {
        problems.addAll(problems(graph, state.plan().objectives(), part));
        problems.addAll(otherClasses(state.classes(), part));
        problems.addAll(empty(part, part == data.train() ? only(data) : ""));
      }
    }
    problems.addAll(lastBatch(graph, data.train(), batchSize));
    problems.addAll(metrics(graph, state.metrics()));
    refuse(problems);
  }

  /**
   * Checks a data set.
   *
   * @throws DataException if something does not match; the message names all problems
   */
  static void require(LossGraph loss, Dataset data) {
    List<Objective> objectives = loss.terms().stream().map(LossTerm::objective).toList();
    Set<String> problems = problems(loss.network(), objectives, data);
    problems.addAll(empty(data, ""));
    refuse(problems);
  }

  /** Returns what the message on an empty training set adds: the samples that there are. */
  private static String only(Splits data) {
    String others =
        data.parts().entrySet().stream()
            .filter(part -> part.getValue().size() > 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(" and "));
    return others.isEmpty()
        ? ""
        : ": the data is for %s only; add samples to train on".formatted(others);
  }

  private static List<Dataset> measured(Splits data) {
    List<Dataset> result = new ArrayList<>(List.of(data.train()));
    data.validation().ifPresent(result::add);
    return result;
  }

  private static void refuse(Set<String> problems) {
    if (!problems.isEmpty()) {
      throw new DataException(String.join("; ", problems));
    }
  }

  private static Set<String> problems(Graph graph, List<Objective> objectives, Dataset data) {
    Set<String> problems = new LinkedHashSet<>();
    problems.addAll(inputs(graph, data));
    for (Objective objective : objectives) {
      Shape output = graph.output(objective.output()).shape();
      int units = output.size(0);
      int scores = Math.toIntExact(output.elements());
      int classes = data.classes().size();
      boolean placed = scores > units && !objective.loss().suits(scores, classes);
      if (data.isSegmentation()) {
        problems.addAll(pixels(graph, output, data));
      }
      if (classes > 0 && placed && !data.isSegmentation()) {
        problems.add(
            "%s outputs %s, scores at each position, but %s has one label for each sample; use a network that ends in one score per class"
                .formatted(graph.name(), output, data.name()));
      } else if (classes > 0 && !objective.loss().suits(units, classes)) {
        problems.add(
            "%s has %d output units, but %s has %d classes"
                .formatted(graph.name(), units, data.name(), classes));
      }
    }
    return problems;
  }

  /** Rejects scores that are not one per class for each pixel of the data's images. */
  private static List<String> pixels(Graph graph, Shape output, Dataset data) {
    Shape image = data.inputShapes().values().iterator().next();
    if (output.rank() == 1) {
      return List.of(
          "%s outputs %s, scores of the whole image, but %s has a class for each pixel; use a network for segmentation, such as unet"
              .formatted(graph.name(), output, data.name()));
    }
    return output.rank() == image.rank() && output.with(0, 1).equals(image.with(0, 1))
        ? List.of()
        : List.of(
            "%s outputs %s, but %s has a class for each pixel of images of %s; use a network whose scores have the size of the image, such as unet"
                .formatted(graph.name(), output, data.name(), image));
  }

  private static List<String> empty(Dataset data, String only) {
    return data.size() == 0 ? List.of(data.name() + " has no samples" + only) : List.of();
  }

  private static List<String> inputs(Graph graph, Dataset data) {
    Map<String, Shape> given = data.inputShapes();
    Optional<String> mismatch = BatchBinding.mismatch(graph, given.keySet(), data.name());
    if (mismatch.isPresent()) {
      return List.of(mismatch.get());
    }
    List<String> problems = new ArrayList<>();
    for (Node input : graph.inputs()) {
      boolean single = given.size() == 1;
      Shape shape = single ? given.values().iterator().next() : given.get(input.path());
      if (!input.shape().equals(shape)) {
        String at = single ? "" : " at input " + input.path();
        problems.add(
            "%s takes %s%s, but %s has %s"
                .formatted(graph.name(), input.shape(), at, data.name(), shape));
      }
    }
    return problems;
  }

  private static List<String> otherClasses(List<String> known, Dataset data) {
    List<String> classes = data.classes();
    if (known.size() == classes.size()) {
      for (int id = 0; id < known.size(); id++) {
        if (!known.get(id).equals(classes.get(id))) {
          return List.of(
              "class %d is '%s' in the model, but '%s' in %s"
                  .formatted(id, known.get(id), classes.get(id), data.name()));
        }
      }
    }
    return List.of();
  }

  /** Rejects a last batch that is too small; PyTorch throws only on reaching that batch. */
  private static List<String> lastBatch(Graph graph, Dataset data, int batchSize) {
    int rest = data.size() % batchSize;
    int smallest = rest == 0 ? batchSize : rest;
    for (Node node : graph.nodes()) {
      int needed = node.layer().smallestBatch(node.inputShapes());
      if (!node.frozen() && smallest < needed) {
        return List.of(
            ("%s: %s (%s) needs at least %d samples to train, but %s has %,d samples, so that the last"
                    + " batch has %d; choose a batch size other than %d")
                .formatted(
                    graph.name(),
                    node.path(),
                    node.layer().kind(),
                    needed,
                    data.name(),
                    data.size(),
                    smallest,
                    batchSize));
      }
    }
    return List.of();
  }

  private static List<String> metrics(Graph graph, List<Metric> metrics) {
    List<String> problems = new ArrayList<>();
    List<String> taken = List.of("epoch", MetricTotals.LOSS, "lr", "seconds");
    Set<String> names = new HashSet<>();
    for (Metric metric : metrics) {
      metric.outputs().forEach(graph::output);
      String name = metric.name();
      String type = metric.getClass().getName();
      if (!names.add(name)) {
        problems.add("two metrics are named " + name);
      } else if (taken.contains(name) || name.startsWith(EpochRecord.VALIDATION)) {
        problems.add(
            "%s is named '%s', but %s and names starting with %s are reserved; choose another name"
                .formatted(type, name, String.join(", ", taken), EpochRecord.VALIDATION));
      } else if (!name.matches("[A-Za-z0-9_.-]+")) {
        problems.add(
            "%s is named '%s'; metric names may only contain letters, digits, '_', '-' and '.'"
                .formatted(type, name));
      }
    }
    return problems;
  }
}
