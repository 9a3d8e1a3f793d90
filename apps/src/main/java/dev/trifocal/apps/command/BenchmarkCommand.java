package dev.trifocal.apps.command;

import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.engine.StepBenchmark;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.settings.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.config.Settings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
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

/** Measures the duration of training steps. */
@Command(
    name = "benchmark",
    description = {
      "Measure the duration of a model's training steps on random images.",
      "",
      "On a shared machine, absolute times mean little; compare with another measurement taken at"
          + " the same time, as benchmarks/step-vs-pytorch does."
    },
    footer = {
      "  trifocal benchmark mnist-cnn --batch-size 32 --threads 2",
      "  trifocal benchmark lenet5 --inspect step.onnx    save the compiled step, to view in Netron"
    })
public final class BenchmarkCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelResolver models;
  private final SettingsLoader settingsLoader;
  private final BackendRegistry backends;
  private final Map<String, String> flags = new LinkedHashMap<>();

  @Parameters(paramLabel = "MODEL", description = "A zoo model, an .onnx file or a run directory.")
  private String model;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "20",
      description = "Number of timed steps. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of untimed steps to run first. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--inspect",
      paramLabel = "FILE",
      description = "Write the training step, as compiled by the engine, to this file.")
  private Optional<Path> inspect = Optional.empty();

  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  BenchmarkCommand(
      Terminal terminal,
      ModelResolver models,
      SettingsLoader settingsLoader,
      BackendRegistry backends) {
    this.terminal = terminal;
    this.models = models;
    this.settingsLoader = settingsLoader;
    this.backends = backends;
  }

  @Option(names = "--batch-size", paramLabel = "N", description = "Samples per step. Default: 64.")
  private void batchSize(String value) {
    flags.put("batch-size", value);
  }

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "Optimizer: adam, adamw, nadam, rmsprop, sgd or adagrad. Default: adam.")
  private void optimizer(String value) {
    flags.put("optimizer", value);
  }

  @Override
  public Integer call() {
    if (steps < 1 || warmUp < 0) {
      throw new ConfigurationException("--steps must be 1 or more, and --warm-up 0 or more");
    }
    flags.putAll(engine.values());
    Settings settings = settingsLoader.read(engine.config(), flags);
    Graph graph = Logits.of(models.graph(model, Optional.empty(), settings)).graph();
    if (graph.output(Graph.OUTPUT).shape().rank() != 1) {
      throw new ConfigurationException(
          model + " is not a classifier; only classifiers can be benchmarked");
    }
    Backend backend = backends.backend(settings.engine().backend());
    RunOptions options = settings.engine().options();
    TrainingPlan plan =
        TrainingPlan.of(new SoftmaxCrossEntropy(), settings.training().optimizer().optimizer());
    int batchSize = settings.training().batchSize();
    StepBenchmark timing =
        new StepBenchmark(
            backend,
            inspect.map(terminal.directory()::resolve).map(options::inspection).orElse(options),
            batchSize,
            warmUp);
    double milliseconds = timing.milliseconds(graph, plan, settings.seed(), steps);
    terminal.line(
        json.wanted() ? asJson(batchSize, milliseconds) : text(backend, batchSize, milliseconds));
    return 0;
  }

  private String text(Backend backend, int batchSize, double milliseconds) {
    return "%s, batch %d, %s: %.1f ms per step, mean of %d"
        .formatted(model, batchSize, backend.engine(), milliseconds, steps);
  }

  private String asJson(int batchSize, double milliseconds) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", model);
    result.put("batch_size", batchSize);
    result.put("steps", steps);
    result.put("milliseconds_per_step", milliseconds);
    return new Json().text(result);
  }
}
