package dev.trifocal.apps.command;

import dev.trifocal.apps.advice.AdviceRun;
import dev.trifocal.apps.advice.OwnProcess;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.engine.ClassifierTraining;
import dev.trifocal.apps.engine.ProcessMemory;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.ShapeText;
import dev.trifocal.apps.settings.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.StepSize;
import dev.trifocal.config.Settings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what would make a training take less memory. */
@Command(
    name = "advise",
    abbreviateSynopsis = true,
    description = {
      "Show what would make the training of a model take less memory, and what it would cost.",
      "",
      "Each remedy is applied to the model, and the peak memory of a training step is predicted"
          + " anew. 'work' is the number of multiply-adds of the forward pass, compared with the"
          + " model as it is. Memory is that above the idle process. With --memory, 'run' is the"
          + " predicted memory of a whole run, with saved states and validation.",
      "",
      "With --measure, each remedy trains for a few steps in a process of its own, on one synthetic"
          + " batch with a pattern for each class, and the table also shows the measured peak, the"
          + " median time of a step, and the loss of the first and the last step."
    },
    footer = {
      "  trifocal advise alexnet --batch 256",
      "  trifocal advise resnet50 --batch 32 --memory 2GiB --backend djl",
      "  trifocal advise net.onnx --batch 16 --optimizer sgd --json",
      "  trifocal advise mnist-cnn --batch 512 --measure",
      "  trifocal advise vgg16 --batch 8 --remedy recompute --measure"
    })
public final class AdviseCommand implements Callable<Integer> {
  /** By its name, because commands do not depend on what assembles them. */
  private static final String MAIN = "dev.trifocal.apps.Main";

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
      names = "--remedy",
      paramLabel = "NAME",
      description = "Show only this remedy, by its name in the table. Default: all.")
  private Optional<String> remedy = Optional.empty();

  @Option(names = "--measure", description = "Also train with each remedy.")
  private boolean measure;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of steps to train with --measure. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  AdviseCommand(
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
      description = "Batches whose gradients are accumulated for one step. Default: 1.")
  private void accumulate(String value) {
    flags.put("accumulate", value);
  }

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Memory that the whole process may take, such as 4GiB: the table shows which remedies fit,"
              + " and batches are divided until they do. Default: no limit.")
  private void memory(String value) {
    flags.put("memory", value);
  }

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "Optimizer: adam, adamw, nadam, rmsprop, sgd or adagrad. Default: adam.")
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
    if (steps < 1) {
      throw new ConfigurationException("--steps must be 1 or more, but is " + steps);
    }
    flags.putAll(engine.values());
    Settings settings = settingsLoader.read(engine.config(), flags);
    if (settings.engine().isAuto()) {
      throw new ConfigurationException(
          "advise predicts for one engine; choose --backend onnx, djl or dl4j");
    }
    Graph whole = models.graph(model, input.map(ShapeText::image), settings);
    AdviceRun run =
        new AdviceRun(
            terminal,
            backends.backend(settings.engine()),
            ClassifierTraining.graph(model, whole),
            settings,
            available(settings),
            steps);
    AdviceRun.Result result = result(run);
    terminal.line(json.wanted() ? new Json().text(result.asMap()) : result.text());
    return 0;
  }

  private static OptionalLong available(Settings settings) {
    return settings.training().memory().stream()
        .mapToLong(memory -> memory.bytes() - ProcessMemory.resident())
        .findFirst();
  }

  private AdviceRun.Result result(AdviceRun run) {
    if (!measure) {
      return run.predicted(remedy);
    }
    if (remedy.isPresent()) {
      return run.measuredHere(remedy.get());
    }
    OwnProcess process = new OwnProcess(MAIN, terminal.directory().toAbsolutePath());
    return run.measured(process, this::arguments);
  }

  /** Returns the command line that measures one remedy. */
  private List<String> arguments(String name, StepSize size) {
    List<String> arguments = new ArrayList<>(List.of("advise", model, "--measure", "--json"));
    arguments.addAll(List.of("--remedy", name, "--steps", String.valueOf(steps)));
    input.ifPresent(text -> arguments.addAll(List.of("--input", text)));
    engine.config().ifPresent(file -> arguments.addAll(List.of("--config", file.toString())));
    Map<String, String> changed = new LinkedHashMap<>(flags);
    changed.remove("memory");
    changed.put("batch-size", String.valueOf(size.batchSize()));
    changed.put("accumulate", String.valueOf(size.batches()));
    changed.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
    return arguments;
  }
}
