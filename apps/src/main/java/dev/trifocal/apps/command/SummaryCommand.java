package dev.trifocal.apps.command;

import dev.trifocal.apps.diagram.GraphSvg;
import dev.trifocal.apps.diagram.GraphvizText;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.engine.ClassifierTraining;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.report.GraphReport;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.ShapeText;
import dev.trifocal.apps.report.StepMemoryReport;
import dev.trifocal.apps.settings.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.config.OptimizerSettings;
import dev.trifocal.config.Settings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.TrainingPlan;
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

/** Prints the layers, parameters and memory requirements of a model. */
@Command(
    name = "summary",
    abbreviateSynopsis = true,
    description = {
      "Show the layers of a model with shapes, parameters and memory requirements.",
      "Large models are summarised by block; --json lists every layer.",
      "",
      "Everything is computed from the shapes; nothing is allocated and no engine is started."
          + " Memory is that of float32 values, without an engine's own overhead. With --training,"
          + " engines are started to predict what a step really takes; no step is run."
    },
    footer = {
      "  trifocal summary lenet5",
      "  trifocal summary three-conv --input 3x200x300 --batch 50",
      "  trifocal summary resnet50 --batch 32 --training    what a step takes on each engine",
      "  trifocal summary vgg16 --batch 8 --training --backend onnx --optimizer sgd",
      "  trifocal summary googlenet --svg googlenet.svg",
      "  trifocal summary runs/lenet5-digits-1 --json",
      "  trifocal summary net.onnx --input 3x224x224 --dot net.dot"
    })
public final class SummaryCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelResolver models;
  private final SettingsLoader settingsLoader;
  private final BackendRegistry backends;
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

  @Option(
      names = "--training",
      description =
          "Also predict the peak memory of a training step with cross-entropy, above that of the"
              + " process with the engine loaded.")
  private boolean training;

  @Mixin private JsonFlag json;

  @Inject
  SummaryCommand(
      Terminal terminal,
      ModelResolver models,
      SettingsLoader settingsLoader,
      BackendRegistry backends) {
    this.terminal = terminal;
    this.models = models;
    this.settingsLoader = settingsLoader;
    this.backends = backends;
  }

  @Option(
      names = {"--batch", "--batch-size"},
      paramLabel = "N",
      description = "Samples per training step. Default: 64.")
  private void batchSize(String value) {
    flags.put("batch-size", value);
  }

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description =
          "Batches whose gradients are accumulated for one step, for --training. Default: 1.")
  private void accumulate(String value) {
    flags.put("accumulate", value);
  }

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "Optimizer whose state counts towards training memory. Default: adam.")
  private void optimizer(String value) {
    flags.put("optimizer", value);
  }

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "Engine for which --training predicts. Default: all that can.")
  private void backend(String value) {
    flags.put("backend", value);
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
    if (flags.containsKey("backend") && !training) {
      throw new ConfigurationException("--backend names an engine to predict for; add --training");
    }
    if (flags.containsKey("accumulate") && !training) {
      throw new ConfigurationException("--accumulate changes training steps; add --training");
    }
    Settings settings = settingsLoader.read(Optional.empty(), flags);
    int batchSize = settings.training().batchSize();
    OptimizerSettings optimizer = settings.training().optimizer();
    Graph graph = models.graph(model, input.map(ShapeText::image), settings);
    GraphReport report = new GraphReport(graph, batchSize, optimizer);
    Optional<StepMemoryReport> predicted =
        training ? Optional.of(predicted(graph, settings)) : Optional.empty();
    if (json.wanted()) {
      Map<String, Object> map = new LinkedHashMap<>(report.asMap());
      predicted.ifPresent(step -> map.put("predicted_step_bytes", step.asMap()));
      terminal.line(new Json().text(map));
    } else {
      terminal.line(report.text() + predicted.map(step -> "\n\n" + step.text()).orElse(""));
    }
    dot.ifPresent(file -> write(file, GraphvizText.of(graph)));
    svg.ifPresent(file -> write(file, GraphSvg.of(graph)));
    return 0;
  }

  private StepMemoryReport predicted(Graph graph, Settings settings) {
    Graph classifier = ClassifierTraining.graph(model, graph);
    TrainingPlan plan = ClassifierTraining.plan(settings.training().optimizer());
    StepSize size = new StepSize(settings.training().batchSize(), settings.training().accumulate());
    RunOptions options = settings.engine().options().typicalBatchSize(size.batchSize());
    Map<String, StepMemory> predictions = new LinkedHashMap<>();
    List<String> names =
        flags.containsKey("backend") ? List.of(settings.engine().backend()) : backends.names();
    for (String name : names) {
      backends
          .backend(name)
          .stepMemory(plan, classifier, size, options)
          .ifPresent(memory -> predictions.put(name, memory));
    }
    if (predictions.isEmpty()) {
      throw new ConfigurationException(
          "backend %s does not predict its memory; omit --training"
              .formatted(String.join(", ", names)));
    }
    return new StepMemoryReport(predictions);
  }

  private void write(Path file, String image) {
    AtomicFile.write(terminal.directory().resolve(file), image);
    terminal.remark(file + " written");
  }
}
