package dev.trifocal.apps.training;

import dev.trifocal.apps.model.ImportedFiles;
import dev.trifocal.apps.model.InitialWeights;
import dev.trifocal.apps.model.NodePaths;
import dev.trifocal.config.ModelSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.config.TransferSettings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.shape.Shape;
import dev.trifocal.transfer.ClassifierHead;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import jakarta.inject.Inject;
import java.nio.file.Path;

/** Loads the base network of transfer learning and attaches a new head. */
final class PretrainedNetworkLoader {
  private static final String HEAD = "head";

  private final InitialWeights first;

  @Inject
  PretrainedNetworkLoader(InitialWeights first) {
    this.first = first;
  }

  /**
   * A network ready for transfer learning.
   *
   * @param graph the graph, frozen except for the new head
   * @param weights the weights of the base
   */
  record Begun(Graph graph, Weights weights) {}

  /**
   * Loads the base and attaches the head.
   *
   * @param sample the shape of one sample of the data
   * @param classes the number of classes of the data
   * @throws ConfigurationException if a zoo model has no weights, or a head cannot be attached
   */
  Begun of(Settings settings, Shape sample, int classes) {
    Begun base = base(settings, sample);
    String features =
        settings
            .model()
            .head()
            .filter(path -> !path.equals(ModelSettings.AUTO))
            .orElseGet(() -> ClassifierHead.features(base.graph()));
    NodePaths.requireNode(base.graph(), "--head", features);
    ClassifierHead head = new ClassifierHead(classes, settings.transfer().orElseThrow().dropout());
    Graph graph = head.on(base.graph().freeze(), features, base.graph().unusedPath(HEAD));
    settings
        .transfer()
        .flatMap(TransferSettings::from)
        .ifPresent(path -> NodePaths.requirePlace(graph, "--fine-tune-from", path));
    return new Begun(graph, base.weights());
  }

  private Begun base(Settings settings, Shape sample) {
    ModelSettings model = settings.model();
    if (model.isFile()) {
      model.requireOwn();
      ImportedGraph read =
          ImportedFiles.graph(Path.of(model.name()), ImportOptions.DEFAULT.ifOpen(sample));
      Graph graph = read.graph();
      return new Begun(new Graph(model.brief(), graph.nodes(), graph.outputs()), read.weights());
    }
    ZooModel zoo = Zoo.find(model.name());
    if (model.weights().isEmpty()) {
      throw new ConfigurationException(
          "%s is untrained, so there is nothing to transfer; specify its weights with --weights published or --weights FILE, or use an .onnx file with --base FILE"
              .formatted(model.name()));
    }
    Graph graph = zoo.graph(sample, first.options(zoo, sample, settings));
    return new Begun(graph, first.of(graph, settings));
  }
}
