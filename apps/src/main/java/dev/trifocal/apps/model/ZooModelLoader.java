package dev.trifocal.apps.model;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.zoo.ModelOptions;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens zoo models. */
public final class ZooModelLoader {
  private final Terminal terminal;
  private final InitialWeights weights;
  private final PublishedWeightsLoader published;

  @Inject
  ZooModelLoader(Terminal terminal, InitialWeights weights, PublishedWeightsLoader published) {
    this.terminal = terminal;
    this.weights = weights;
    this.published = published;
  }

  /** Builds the network for inference. */
  static Graph graph(ZooModel model, Optional<Shape> input, Settings settings) {
    return model.graph(
        input.orElse(model.input()), model.options().width(settings.model().width()));
  }

  /** Returns the class names of the published weights; empty with other weights. */
  List<String> classes(String name, Settings settings) {
    return settings.model().isPublished() ? published.classes(Zoo.find(name), settings) : List.of();
  }

  /**
   * Returns the model with the weights that the settings name, else with initial weights and a
   * printed note.
   *
   * @throws dev.trifocal.error.TrifocalException if the model does not exist or does not support an
   *     option
   */
  TrainingState state(String name, Optional<Shape> wanted, Settings settings) {
    if (settings.model().weights().isEmpty()) {
      terminal.remark(
          "note: %s is untrained; its weights are initial values from seed %d"
              .formatted(name, settings.seed()));
    }
    ZooModel model = Zoo.find(name);
    Shape input = wanted.orElse(model.input());
    ModelOptions options = weights.options(model, input, settings);
    Graph graph = model.graph(input, options);
    // Published weights include those of auxiliary heads, which inference does not use.
    Graph whole = model.trainingGraph(input, options).graph();
    Set<String> elsewhere = new HashSet<>(whole.weightShapes().keySet());
    elsewhere.removeAll(graph.weightShapes().keySet());
    return TrainingState.start(
        Checkpoint.start(graph, weights.of(graph, elsewhere, settings), settings.seed()),
        TrainingPlan.of(new SoftmaxCrossEntropy(), settings.training().optimizer().optimizer()),
        DefaultMetrics.of(settings, graph.output(Graph.OUTPUT).shape()),
        List.of());
  }
}
