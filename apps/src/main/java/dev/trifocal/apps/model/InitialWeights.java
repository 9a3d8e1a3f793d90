package dev.trifocal.apps.model;

import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.ModelSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.error.WeightsException;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.WeightDifferences;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.ModelOptions;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The weights that a zoo model starts from: published weights, a weights file, or initial weights
 * drawn from the seed.
 */
public final class InitialWeights {
  /** PyTorch's counter of the batches that batch norm has seen; not needed here. */
  private static final String BATCHES = ".num_batches_tracked";

  private static final String OTHER_CLASSES =
      "; for other classes, use --head auto or 'trifocal transfer'";

  private final Terminal terminal;
  private final PublishedWeightsLoader published;

  @Inject
  InitialWeights(Terminal terminal, PublishedWeightsLoader published) {
    this.terminal = terminal;
    this.published = published;
  }

  /** Like {@link #of(Graph, Set, Settings)}, for a graph that is the whole network. */
  public Weights of(Graph graph, Settings settings) {
    return of(graph, Set.of(), settings);
  }

  /**
   * Returns the options of a network whose weights the settings name: with as many classes as the
   * weights file has, if the shapes differ in nothing else, or else those of the model.
   *
   * @param sample shape of one sample
   */
  public ModelOptions options(ZooModel model, Shape sample, Settings settings) {
    ModelOptions usual = model.options().width(settings.model().width());
    if (settings.model().weightsFile().isEmpty()) {
      return usual;
    }
    Map<String, Shape> expected = model.graph(sample, usual).weightShapes();
    Path file = settings.model().weightsFile().get();
    Map<String, Shape> found = new WeightsFile(file).shapes(expected.keySet());
    return expected.entrySet().stream()
        .filter(entry -> entry.getValue().rank() > 0 && found.containsKey(entry.getKey()))
        .filter(entry -> entry.getValue().size(0) == usual.classes())
        .map(entry -> found.get(entry.getKey()))
        .filter(shape -> shape.rank() > 0 && shape.size(0) > 1)
        .map(shape -> usual.classes(shape.size(0)))
        .filter(other -> fits(found, model.graph(sample, other).weightShapes()))
        .findFirst()
        .orElse(usual);
  }

  private static boolean fits(Map<String, Shape> found, Map<String, Shape> expected) {
    return expected.entrySet().stream()
        .filter(entry -> found.containsKey(entry.getKey()))
        .allMatch(entry -> found.get(entry.getKey()).equals(entry.getValue()));
  }

  /**
   * Returns the weights of a graph.
   *
   * @param elsewhere the names of weights of the network that are not part of this graph, but may
   *     be in a file
   * @throws WeightsException if weights do not match; the message names all of them
   * @throws dev.trifocal.error.FileException if the file cannot be read
   */
  Weights of(Graph graph, Set<String> elsewhere, Settings settings) {
    if (settings.model().weights().isEmpty()) {
      return graph.initialWeights(settings.seed());
    }
    if (settings.model().isPublished()) {
      Weights found = published.weights(Zoo.find(graph.name()), graph, settings);
      return fitted(graph, found, "the published weights", settings);
    }
    Path file = settings.model().weightsFile().orElseThrow();
    Weights found = known(new WeightsFile(file).read(graph.weightShapes().keySet()), elsewhere);
    return fitted(graph, found, file.toString(), settings);
  }

  private Weights fitted(Graph graph, Weights found, String source, Settings settings) {
    Map<String, Shape> expected = graph.weightShapes();
    WeightDifferences differences = WeightDifferences.between(found, expected);
    Weights fitting = found.fitting(expected);
    if (differences.none()) {
      return fitting;
    }
    if (settings.model().fit() == ModelSettings.WeightMatch.WHOLE) {
      boolean byName = settings.model().isPublished();
      throw new WeightsException(
          "%s: %s do not match. %s. To load only the matching ones, use --partial%s"
              .formatted(
                  graph.name(),
                  byName ? source : "weights of " + source,
                  differences,
                  byName ? OTHER_CLASSES : ""));
    }
    return completed(graph, settings.seed(), fitting, source + ". " + differences);
  }

  private Weights completed(Graph graph, long seed, Weights fitting, String source) {
    int all = graph.weightShapes().size();
    if (fitting.tensors().isEmpty()) {
      throw new WeightsException(
          "%s: none of its %d weights are in %s".formatted(graph.name(), all, source));
    }
    terminal.remark(
        "note: %s: %s of %s weights are from %s. The others keep their initial values from seed %d"
            .formatted(
                graph.name(),
                NumberText.count(fitting.tensors().size()),
                NumberText.count(all),
                source,
                seed));
    return graph.initialWeights(seed).with(fitting.tensors());
  }

  private static Weights known(Weights found, Set<String> elsewhere) {
    Set<String> names = new LinkedHashSet<>(found.tensors().keySet());
    names.removeAll(elsewhere);
    names.removeIf(name -> name.endsWith(BATCHES));
    return found.only(names);
  }
}
