package dev.trifocal.apps.command;

import dev.trifocal.apps.diagram.GraphSvg;
import dev.trifocal.apps.diagram.GraphvizText;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.report.GraphReport;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.ShapeText;
import dev.trifocal.apps.settings.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.config.TrainingSettings;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.graph.Graph;
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

/** Prints the layers, parameters and memory requirements of a model. */
@Command(
    name = "summary",
    abbreviateSynopsis = true,
    description = {
      "Show the layers of a model with shapes, parameters and memory requirements.",
      "Large models are summarised by block; --json lists every layer.",
      "",
      "Everything is computed from the shapes; nothing is allocated and no engine is started."
          + " Memory is that of float32 values, without an engine's own overhead."
    },
    footer = {
      "  trifocal summary lenet5",
      "  trifocal summary three-conv --input 3x200x300 --batch 50",
      "  trifocal summary googlenet --svg googlenet.svg",
      "  trifocal summary runs/lenet5-digits-1 --json",
      "  trifocal summary net.onnx --input 3x224x224 --dot net.dot"
    })
public final class SummaryCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelResolver models;
  private final SettingsLoader settingsLoader;
  private final Map<String, String> flags = new LinkedHashMap<>();

  @Parameters(paramLabel = "MODEL", description = "A zoo model, an .onnx file or a run directory.")
  private String model;

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      description = "Channels, height and width of the images. Default: those of the model.")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--dot",
      paramLabel = "FILE",
      description = "Write the network to this file in Graphviz DOT format.")
  private Optional<Path> dot = Optional.empty();

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Write a diagram of the network to this file as SVG.")
  private Optional<Path> svg = Optional.empty();

  @Mixin private JsonFlag json;

  @Inject
  SummaryCommand(Terminal terminal, ModelResolver models, SettingsLoader settingsLoader) {
    this.terminal = terminal;
    this.models = models;
    this.settingsLoader = settingsLoader;
  }

  @Option(
      names = {"--batch", "--batch-size"},
      paramLabel = "N",
      description = "Samples per training step. Default: 64.")
  private void batchSize(String value) {
    flags.put("batch-size", value);
  }

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "Optimizer whose state counts towards training memory. Default: adam.")
  private void optimizer(String value) {
    flags.put("optimizer", value);
  }

  @Option(
      names = "--width",
      paramLabel = "X",
      description =
          "Width multiplier for the number of channels, for models that support it. Default: 1.")
  private void width(String value) {
    flags.put("width", value);
  }

  @Override
  public Integer call() {
    Settings settings = settingsLoader.read(Optional.empty(), flags);
    TrainingSettings training = settings.training();
    Graph graph = models.graph(model, input.map(ShapeText::image), settings);
    GraphReport report = new GraphReport(graph, training.batchSize(), training.optimizer());
    terminal.line(json.wanted() ? new Json().text(report.asMap()) : report.text());
    dot.ifPresent(file -> write(file, GraphvizText.of(graph)));
    svg.ifPresent(file -> write(file, GraphSvg.of(graph)));
    return 0;
  }

  private void write(Path file, String image) {
    AtomicFile.write(terminal.directory().resolve(file), image);
    terminal.remark(file + " written");
  }
}
