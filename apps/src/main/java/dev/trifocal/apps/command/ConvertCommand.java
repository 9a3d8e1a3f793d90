package dev.trifocal.apps.command;

import dev.trifocal.apps.model.LoadedModel;
import dev.trifocal.apps.model.ModelRequest;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.model.OnnxModelWriter;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.TextTable;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.FullyConvolutional;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Size2d;
import dev.trifocal.shape.Shape;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Converts a trained network into another one with the same weights. */
@Command(
    name = "convert",
    abbreviateSynopsis = true,
    description = {
      "Convert a trained classifier into a network that scores each position of an image, and write it"
          + " as an ONNX file.",
      "",
      "Dense layers become convolutions, and softmax is computed at each position, so that the network"
          + " reads images of its own size and of any larger one. An image of its own size gets the"
          + " scores of the classifier; a larger one gets a map of scores, as if the head of the"
          + " classifier were moved over the image.",
      "A global average pool before the scores is left out, which makes class activation maps: their"
          + " mean is the score of the classifier if one dense layer or 1x1 convolution follows the pool.",
      "'trifocal predict --map' draws the maps of a model, converted or not."
    },
    footer = {
      "  trifocal convert runs/lenet5-digits-1 --fully-convolutional --out lenet5-map.onnx",
      "  trifocal convert vgg16 --weights published --fully-convolutional --out vgg16-map.onnx",
      "  trifocal convert classifier.onnx --fully-convolutional --out map.onnx --json"
    })
public final class ConvertCommand implements Callable<Integer> {
  /** A layer before and after the conversion; the latter is empty if it is left out. */
  private record Changed(Node before, Optional<Node> after) {}

  private final Terminal terminal;
  private final ModelResolver models;

  @Parameters(paramLabel = "MODEL", description = "A run directory, an .onnx file or a zoo model.")
  private String model;

  @Option(
      names = "--fully-convolutional",
      description = "Convert dense layers to convolutions, and leave out global average pools.")
  private boolean fullyConvolutional;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "File to write.")
  private Path out;

  @Mixin private ModelFlags given;
  @Mixin private PreprocessingFlags images;
  @Mixin private ScoreFlags scores;
  @Mixin private ZooFlags zoo;
  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  ConvertCommand(Terminal terminal, ModelResolver models) {
    this.terminal = terminal;
    this.models = models;
  }

  @Override
  public Integer call() {
    if (!fullyConvolutional) {
      throw new ConfigurationException(
          "nothing says what to convert %s to; add --fully-convolutional".formatted(model));
    }
    ModelRequest request =
        ModelRequest.of(model, engine.config(), zoo.with(engine.values()))
            .images(images.choice())
            .scores(scores.choice());
    LoadedModel loaded = models.open(given.on(request));
    Graph classifier = loaded.predictionGraph();
    FullyConvolutional network = loaded.fullyConvolutional();
    String output = loaded.scores(scores.choice()).name();
    Size2d stride = network.stride(output);
    Shape scored = network.graph().output(output).shape();
    Size2d positions = new Size2d(scored.size(1), scored.size(2));
    OnnxModelWriter.of(loaded, network).write(terminal.directory().resolve(out), Optional.empty());
    List<Changed> changes = changes(classifier, network.graph());
    if (json.wanted()) {
      terminal.line(new Json().text(asMap(network, positions, stride, changes)));
      return 0;
    }
    terminal.line(out + " written");
    if (changes.isEmpty()) {
      terminal.remark("note: %s was fully convolutional already".formatted(model));
    } else {
      terminal.line(table(changes));
    }
    terminal.line(
        "reads images of %s and larger; an image of %s has %s positions, one every %s pixels"
            .formatted(network.smallest(), network.smallest(), positions, stride));
    return 0;
  }

  private static List<Changed> changes(Graph classifier, Graph converted) {
    return classifier.nodes().stream()
        .filter(node -> !converted.has(node.path()) || !kept(node, converted.node(node.path())))
        .map(
            node ->
                new Changed(
                    node, Optional.of(node.path()).filter(converted::has).map(converted::node)))
        .toList();
  }

  private static boolean kept(Node before, Node after) {
    return before.layer().equals(after.layer());
  }

  private static String table(List<Changed> changes) {
    TextTable table = new TextTable().text("layer").text("was").text("weight");
    table.text("is").text("weight");
    for (Changed one : changes) {
      table.row(
          one.before().path(),
          one.before().layer().kind(),
          weight(one.before()),
          one.after().map(node -> node.layer().kind()).orElse("left out"),
          one.after().map(ConvertCommand::weight).orElse(""));
    }
    return table.toString();
  }

  private static String weight(Node node) {
    return node.parameters().stream()
        .findFirst()
        .map(parameter -> parameter.shape().toString())
        .orElse("");
  }

  private Map<String, Object> asMap(
      FullyConvolutional network, Size2d positions, Size2d stride, List<Changed> changes) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", out.toString());
    result.put("smallest", sizes(network.smallest()));
    result.put("positions", sizes(positions));
    result.put("stride", sizes(stride));
    result.put("layers", changes.stream().map(ConvertCommand::asMap).toList());
    return result;
  }

  private static Map<String, Object> asMap(Changed change) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", change.before().path());
    result.put("was", change.before().layer().kind());
    result.put("is", change.after().map(node -> node.layer().kind()).orElse(null));
    return result;
  }

  private static List<Integer> sizes(Size2d size) {
    return List.of(size.height(), size.width());
  }
}
