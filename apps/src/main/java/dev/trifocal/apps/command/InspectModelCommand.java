package dev.trifocal.apps.command;

import dev.trifocal.apps.data.ContactSheets;
import dev.trifocal.apps.engine.BackendChooser;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.model.NodePaths;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.LayerTable;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.inspect.LayerPictures;
import dev.trifocal.inspect.LayerValues;
import dev.trifocal.layer.Parameter;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the layers of a model compute for an image. */
@Command(
    name = "inspect",
    abbreviateSynopsis = true,
    description = {
      "Show what the layers of a model compute for an image: mean, standard deviation (std), range, the"
          + " share of zeros, and values that are not finite (NaN or infinite).",
      "",
      "With --out, also as pictures: the kernels of the first layer, and the feature maps of --layer."
          + " Takes any model with one input of images, except .onnx files that cannot be imported as"
          + " a graph."
    },
    footer = {
      "  trifocal inspect runs/lenet5-digits-1 seven.png",
      "  trifocal inspect mobilenet.onnx cat.jpg --json",
      "  trifocal inspect runs/lenet5-digits-1 seven.png --layer conv1 --out layers"
    })
public final class InspectModelCommand implements Callable<Integer> {
  private static final String CONVOLUTION = "Conv2d";
  private static final String KERNELS = "kernels";
  private static final String FEATURE_MAPS = "feature-maps";

  private final Terminal terminal;
  private final ModelResolver models;
  private final BackendRegistry backends;
  private final BackendChooser chooser;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A run directory, an .onnx file or a zoo model.")
  private String model;

  @Parameters(index = "1", paramLabel = "IMAGE", description = "An image file.")
  private Path image;

  @Option(
      names = "--layer",
      paramLabel = "PATH",
      description = "A layer whose feature maps are drawn, by its path in the table; needs --out.")
  private Optional<String> layer = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for the pictures: kernels-PATH.png of the first layer with kernels, if they have"
              + " one or three channels, and feature-maps-PATH.png of --layer.")
  private Optional<Path> out = Optional.empty();

  @Mixin private InvertFlag invert;
  @Mixin private ModelFlags given;
  @Mixin private PreprocessingFlags pictures;
  @Mixin private ZooFlags zoo;
  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  InspectModelCommand(
      Terminal terminal, ModelResolver models, BackendRegistry backends, BackendChooser chooser) {
    this.terminal = terminal;
    this.models = models;
    this.backends = backends;
    this.chooser = chooser;
  }

  @Override
  public Integer call() {
    if (layer.isPresent() && out.isEmpty()) {
      throw new ConfigurationException("--layer is drawn to a file; add --out DIR");
    }
    out.ifPresent(folder -> AtomicFile.requireWritable(terminal.directory().resolve(folder)));
    ModelRequest request =
        ModelRequest.of(model, engine.config(), zoo.with(engine.values()))
            .images(pictures.choice());
    Image read = invert.of(PredictedFiles.read(terminal.directory(), image));
    LoadedModel opened = models.open(given.on(request));
    Graph graph = opened.predictionGraph();
    layer.ifPresent(path -> requireMaps(graph, path));
    Shape sample = graph.inputs().get(0).shape();
    ImagePreprocessor preprocessor =
        new ImagePreprocessor(UsualPreprocessing.of(opened, sample, terminal), sample);
    LayerValues values =
        opened.backend(chooser, 1, 1).layerValues(backends, preprocessor.tensor(read));
    LayerTable table = new LayerTable(graph, values.statistics());
    Map<String, Path> files = new LinkedHashMap<>();
    out.ifPresent(folder -> files.putAll(draw(folder, opened, values)));
    if (json.wanted()) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("model", graph.name());
      report.put("image", image.toString());
      report.put("layers", table.asList());
      files.forEach((what, file) -> report.put(what.replace('-', '_'), file.toString()));
      terminal.line(new Json().text(report));
    } else {
      terminal.line(table.text());
      files.forEach(
          (what, file) -> terminal.line("%s: %s".formatted(what.replace('-', ' '), file)));
    }
    return 0;
  }

  private Map<String, Path> draw(Path folder, LoadedModel opened, LayerValues values) {
    Map<String, Path> files = new LinkedHashMap<>();
    Optional<Node> first =
        opened.predictionGraph().nodes().stream()
            .filter(node -> kernels(node).isPresent())
            .findFirst();
    if (first.isPresent()) {
      Node node = first.get();
      Parameter kernels = kernels(node).get();
      if (LayerPictures.areDrawable(kernels.shape())) {
        Tensor weight = opened.state().checkpoint().weights().tensor(node.name(kernels));
        files.put(KERNELS, write(folder, KERNELS, node.path(), LayerPictures.kernels(weight)));
      } else {
        terminal.remark(
            "note: the kernels of %s have the shape %s; only those of one or three channels are drawn"
                .formatted(node.path(), kernels.shape()));
      }
    } else {
      terminal.remark("note: the model has no convolution whose kernels could be drawn");
    }
    layer.ifPresent(
        path -> {
          Image maps = LayerPictures.featureMaps(values.value(path), 0);
          files.put(FEATURE_MAPS, write(folder, FEATURE_MAPS, path, maps));
        });
    return files;
  }

  private static Optional<Parameter> kernels(Node node) {
    return node.layer().kind().equals(CONVOLUTION)
        ? node.parameters().stream()
            .filter(parameter -> parameter.name().equals("weight"))
            .findFirst()
        : Optional.empty();
  }

  private Path write(Path folder, String what, String path, Image drawn) {
    Path file = folder.resolve("%s-%s.png".formatted(what, path));
    ContactSheets.write(terminal.directory().resolve(file), drawn);
    return file;
  }

  private static void requireMaps(Graph graph, String path) {
    NodePaths.requireNode(graph, "--layer", path);
    Shape shape = graph.node(path).shape();
    if (shape.rank() != 3) {
      throw new ConfigurationException(
          "--layer: %s has the shape %s, but only feature maps [C, H, W] can be drawn"
              .formatted(path, shape));
    }
  }
}
