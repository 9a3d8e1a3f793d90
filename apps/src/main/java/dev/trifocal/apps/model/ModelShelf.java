package dev.trifocal.apps.model;

import dev.trifocal.apps.report.Shapes;
import dev.trifocal.apps.run.Run;
import dev.trifocal.apps.run.RunFolders;
import dev.trifocal.apps.run.SettingsDesk;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.zoo.Options;
import dev.trifocal.zoo.Preprocessing;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the model that a name stands for: a run directory, else a model of the zoo. */
public final class ModelShelf {
  private final Terminal terminal;
  private final RunFolders folders;
  private final SettingsDesk desk;
  private final FirstWeights weights;

  @Inject
  ModelShelf(Terminal terminal, RunFolders folders, SettingsDesk desk, FirstWeights weights) {
    this.terminal = terminal;
    this.folders = folders;
    this.desk = desk;
    this.weights = weights;
  }

  /**
   * The best weights of a run, with the run's settings; or a zoo model with the weights that the
   * settings name, else with its first weights, about which it leaves a remark.
   *
   * @param file settings for a zoo model
   * @param flags laid over the settings
   * @throws dev.trifocal.error.TrifocalException if the name stands for nothing that can be used
   */
  public NamedModel open(String name, Optional<Path> file, Map<String, String> flags) {
    Path folder = terminal.directory().resolve(name);
    if (folders.isRun(folder)) {
      requireNoneForZoo(name, flags.keySet());
      Run run = folders.open(Path.of(name), flags);
      return new NamedModel(name, state(run), run.settings(), Preprocessing.UNIT);
    }
    requireNoFile(folder, name);
    Settings settings = desk.read(file, flags);
    if (settings.model().weights().isEmpty()) {
      terminal.remark(
          "note: %s is untrained; its weights are the first ones of seed %d"
              .formatted(name, settings.seed()));
    }
    ZooModel model = Zoo.find(name);
    return new NamedModel(name, begun(model, settings), settings, model.preprocessing());
  }

  /**
   * The network alone.
   *
   * @param input shape of one sample, for models of the zoo that allow a choice
   */
  public Graph graph(String name, Optional<Shape> input, Settings settings) {
    Path folder = terminal.directory().resolve(name);
    if (folders.isRun(folder)) {
      Graph graph = state(folders.open(Path.of(name), Map.of())).checkpoint().graph();
      Shape own = graph.inputs().get(0).shape();
      if (input.isPresent() && !input.get().equals(own)) {
        throw new ConfigurationException(
            "%s was trained on %s; --input %s is for models of the zoo"
                .formatted(name, Shapes.text(own), Shapes.text(input.get())));
      }
      return graph;
    }
    requireNoFile(folder, name);
    ZooModel model = Zoo.find(name);
    return model.graph(input.orElse(model.input()), options(model, settings));
  }

  private static TrainingState state(Run run) {
    RunDirectory directory = run.directory();
    boolean best = directory.hasBest() || !directory.hasLast();
    return (best ? directory.best() : directory.last()).inference();
  }

  private static Options options(ZooModel model, Settings settings) {
    return model.options().width(settings.model().width());
  }

  private static void requireNoneForZoo(String run, Set<String> flags) {
    for (String flag : List.of("width", "weights", "partial")) {
      if (flags.contains(flag)) {
        throw new ConfigurationException(
            "%s is a run directory and has its own network and weights; --%s is for models of the zoo"
                .formatted(run, flag));
      }
    }
  }

  private TrainingState begun(ZooModel model, Settings settings) {
    Options options = options(model, settings);
    Graph graph = model.graph(model.input(), options);
    // Published weights come with those of auxiliary heads, which inference has no use for.
    Set<String> all = model.trainingGraph(model.input(), options).graph().weightShapes().keySet();
    Set<String> elsewhere = new HashSet<>(all);
    elsewhere.removeAll(graph.weightShapes().keySet());
    return TrainingState.start(
        Checkpoint.start(graph, weights.of(graph, elsewhere, settings), settings.seed()),
        TrainingPlan.of(new SoftmaxCrossEntropy(), settings.training().optimizer().optimizer()),
        UsualMetrics.of(graph.output(Graph.OUTPUT).shape().size(0)),
        List.of());
  }

  private static void requireNoFile(Path path, String name) {
    if (name.endsWith(".onnx")) {
      throw new ConfigurationException(
          name
              + " is an ONNX file, which cannot be read yet; MODEL is a zoo name or a run directory");
    }
    if (name.contains("/") && !Files.exists(path)) {
      throw new ConfigurationException(
          name + " is not there; MODEL is a zoo name or a run directory");
    }
    if (Files.exists(path)) {
      throw new ConfigurationException(
          "%s is not a run directory: it has no %s; MODEL is a zoo name or a run directory"
              .formatted(name, SettingsDesk.FILE));
    }
  }
}
