package dev.trifocal.apps.training;

import dev.trifocal.apps.model.FineTuning;
import dev.trifocal.apps.model.ImportedFiles;
import dev.trifocal.apps.model.InitialWeights;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.ModelSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.data.ClassMapping;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.shape.Shape;
import dev.trifocal.transfer.ClassifierHead;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.ModelOptions;
import dev.trifocal.zoo.TrainingGraph;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads the network that a training run starts from, and its initial weights. */
final class InitialModelLoader {
  private final Terminal terminal;
  private final InitialWeights first;

  @Inject
  InitialModelLoader(Terminal terminal, InitialWeights first) {
    this.terminal = terminal;
    this.first = first;
  }

  /**
   * A network with weights.
   *
   * @param scores kind of the scores that its logits are for
   * @param classes class names in the order of its logits
   */
  record Network(TrainingGraph graph, Weights weights, ScoreKind scores, List<String> classes) {}

  /**
   * Loads the network for the data.
   *
   * @param sample the shape of one sample of the data
   * @param classes the class names of the data
   */
  Network of(Settings settings, Shape sample, List<String> classes) {
    if (settings.model().isFile()) {
      return imported(settings, sample, classes);
    }
    return settings.model().head().isPresent()
        ? withHead(settings, sample, classes)
        : asDrawn(settings, sample, classes);
  }

  private Network asDrawn(Settings settings, Shape sample, List<String> classes) {
    TrainingGraph drawn =
        Zoo.find(settings.model().name())
            .trainingGraph(sample, new ModelOptions(classes.size(), settings.model().width()));
    Graph frozen = new FineTuning(settings.model()).frozen(drawn.graph());
    return new Network(
        new TrainingGraph(frozen, drawn.auxiliaries()),
        first.of(drawn.graph(), settings),
        ScoreKind.LOGITS,
        classes);
  }

  /**
   * Builds the network with its original classes, so that published weights match, then its head.
   */
  private Network withHead(Settings settings, Shape sample, List<String> classes) {
    ZooModel model = Zoo.find(settings.model().name());
    Graph whole = model.trainingGraph(sample, first.options(model, sample, settings)).graph();
    Weights weights = first.of(whole, settings);
    return withNewHead(settings, Logits.of(whole).graph(), weights, classes);
  }

  private Network imported(Settings settings, Shape sample, List<String> classes) {
    ModelSettings model = settings.model();
    model.requireOwn();
    Path file = Path.of(model.name());
    ImportedGraph read = ImportedFiles.graph(file, ImportOptions.DEFAULT.ifOpen(sample));
    // Exporters give all graphs the same name.
    Graph named = new Graph(model.brief(), read.graph().nodes(), read.graph().outputs());
    ScoreOutput scores =
        ScoreOutput.choose(model.brief(), ScoreOutput.of(named), classes.size(), Optional.empty());
    Logits logits = Logits.of(named, scores.name());
    int units = logits.graph().output(Graph.OUTPUT).shape().size(0);
    int known = settings.images().isMultiLabel() ? units : logits.classes();
    if (model.head().isPresent() || known != classes.size()) {
      if (model.head().isEmpty()) {
        terminal.remark(
            "note: %s has %d outputs, but the data has %d classes; everything after %s is replaced with a new head"
                .formatted(
                    model.brief(),
                    units,
                    classes.size(),
                    ClassifierHead.beforeLastWeights(logits.graph())));
      }
      return withNewHead(settings, logits.graph(), read.weights(), classes);
    }
    logits
        .removed()
        .ifPresent(
            path ->
                terminal.remark(
                    "note: %s ends in %s (%s), which is removed because the loss takes logits"
                        .formatted(model.brief(), path, named.node(path).layer().kind())));
    Graph frozen = new FineTuning(model).frozen(logits.graph());
    return network(
        frozen,
        read.weights().only(frozen.weightShapes().keySet()),
        logits.kind(),
        ClassMapping.ordered(classes, own(file, read)));
  }

  private static Network withNewHead(
      Settings settings, Graph logits, Weights weights, List<String> classes) {
    Graph graph = new FineTuning(settings.model()).withHead(logits, classes.size());
    Weights kept = weights.fitting(graph.weightShapes());
    Weights drawn = graph.initialWeights(settings.seed());
    return network(graph, drawn.with(kept.tensors()), ScoreKind.LOGITS, classes);
  }

  /** Returns the file's own class names; empty if it has none. */
  private static List<String> own(Path file, ImportedGraph read) {
    return ModelMetadata.of(file.toString(), read.facts().metadata()).completed(file).classes();
  }

  private static Network network(
      Graph graph, Weights weights, ScoreKind scores, List<String> classes) {
    return new Network(new TrainingGraph(graph, Map.of()), weights, scores, classes);
  }
}
