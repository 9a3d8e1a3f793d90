package dev.trifocal.apps.command;

import dev.trifocal.apps.engine.BackendChooser;
import dev.trifocal.apps.engine.BackendRegistry;
import dev.trifocal.apps.engine.ClassifierTraining;
import dev.trifocal.apps.engine.EngineBenchmark;
import dev.trifocal.apps.engine.PeakMemory;
import dev.trifocal.apps.engine.Timings;
import dev.trifocal.apps.model.ModelResolver;
import dev.trifocal.apps.report.Json;
import dev.trifocal.apps.report.NumberText;
import dev.trifocal.apps.report.ProfileReport;
import dev.trifocal.apps.report.ShapeText;
import dev.trifocal.apps.settings.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepMemory;
import dev.trifocal.backend.StepSize;
import dev.trifocal.config.Settings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.train.Checkpoint;
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

/** Measures training steps and predictions. */
@Command(
    name = "benchmark",
    abbreviateSynopsis = true,
    description = {
      "Measure the duration of a model's training steps, or of its predictions, on random images.",
      "",
      "On a shared machine, absolute times mean little; compare with another measurement taken at"
          + " the same time, as benchmarks/step-vs-pytorch does."
    },
    footer = {
      "  trifocal benchmark mnist-cnn --batch-size 32 --threads 2",
      "  trifocal benchmark resnet18 --input 3x64x64 --batch-size 32 --memory",
      "  trifocal benchmark resnet50 --batch-size 8 --memory --recompute",
      "  trifocal benchmark mobilenet-v2 --inference --batch-size 1 --backend djl",
      "  trifocal benchmark mobilenet-v2 --inference --batch-size 1 --threads 1 --concurrency 2",
      "  trifocal benchmark resnet18 --input 3x64x64 --profile    where the time goes, by operator and"
          + " layer",
      "  trifocal benchmark lenet5 --portable-step step.onnx    the training step as an ONNX file"
    })
public final class BenchmarkCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ModelResolver models;
  private final SettingsLoader settingsLoader;
  private final BackendRegistry backends;
  private final BackendChooser chooser;
  private final Map<String, String> flags = new LinkedHashMap<>();

  @Parameters(paramLabel = "MODEL", description = "A zoo model, an .onnx file or a run directory.")
  private String model;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "20",
      description = "Number of timed steps or predictions. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of untimed ones to run first. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--portable-step",
      paramLabel = "FILE",
      description =
          "Write the whole training step, including gradients and the optimizer's update, to this"
              + " file in standard ONNX operators. Backend onnx only.")
  private Optional<Path> portableStep = Optional.empty();

  @Option(
      names = "--recompute",
      description =
          "Train with recomputation of activations, which takes less memory and more time. Backend"
              + " onnx only.")
  private boolean recompute;

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      description = "Channels, height and width of the images. Default: those of the model.")
  private Optional<String> input = Optional.empty();

  @Option(names = "--inference", description = "Measure predictions instead of training steps.")
  private boolean inference;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "With --inference: number of threads that predict at the same time; each makes --steps"
              + " predictions. The median is that of single predictions; milliseconds_per_batch in"
              + " JSON is the elapsed time divided by the number of all batches. Default:"
              + " ${DEFAULT-VALUE}.")
  private int concurrency;

  @Option(
      names = "--memory",
      description =
          "Also measure the peak of the resident memory above that of the idle process, with the engine"
              + " loaded (Linux). What fits into memory that the process has left over, some 10 MiB,"
              + " is not seen. For training steps, also show the prediction.")
  private boolean memory;

  @Option(
      names = "--profile",
      description =
          "Then run the same number of steps once more with the engine's profiler, and show the time"
              + " of each operator and layer.")
  private boolean profile;

  @Mixin private EngineFlags engine;
  @Mixin private JsonFlag json;

  @Inject
  BenchmarkCommand(
      Terminal terminal,
      ModelResolver models,
      SettingsLoader settingsLoader,
      BackendRegistry backends,
      BackendChooser chooser) {
    this.terminal = terminal;
    this.models = models;
    this.settingsLoader = settingsLoader;
    this.backends = backends;
    this.chooser = chooser;
  }

  @Option(names = "--batch-size", paramLabel = "N", description = "Samples per step. Default: 64.")
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
    if (steps < 1 || warmUp < 0) {
      throw new ConfigurationException("--steps must be 1 or more, and --warm-up 0 or more");
    }
    if (inference && portableStep.isPresent()) {
      throw new ConfigurationException("--portable-step writes a training step; omit --inference");
    }
    if (inference && recompute) {
      throw new ConfigurationException("--recompute changes training steps only; omit --inference");
    }
    if (inference && flags.containsKey("accumulate")) {
      throw new ConfigurationException("--accumulate is for training steps; omit --inference");
    }
    requireConcurrency();
    if (recompute) {
      flags.put("recompute", "true");
    }
    flags.putAll(engine.values());
    Settings given = settingsLoader.read(engine.config(), flags);
    requireNamedBackend(given);
    Graph whole = models.graph(model, input.map(ShapeText::image), given);
    Settings settings = given.engine().isAuto() ? chosen(given, whole) : given;
    Backend backend = backends.backend(settings.engine().backend());
    RunOptions options = settings.engine().options();
    StepSize size = new StepSize(settings.training().batchSize(), settings.training().accumulate());
    EngineBenchmark benchmark =
        new EngineBenchmark(
            backend,
            portableStep
                .map(terminal.directory()::resolve)
                .map(options::portableStep)
                .orElse(options),
            size,
            warmUp,
            steps);
    if (profile) {
      // A backend without one, which may be another's, is refused before minutes are spent.
      benchmark.profiler();
    }
    Optional<PeakMemory> peak = Optional.empty();
    if (memory) {
      benchmark.load();
      peak = Optional.of(PeakMemory.start());
    }
    Timings timings =
        inference
            ? benchmark.inference(whole, settings.seed(), concurrency)
            : benchmark.training(classifier(whole), plan(settings), settings.seed());
    Optional<Long> bytes = peak.map(PeakMemory::aboveIdle);
    Optional<StepMemory> predicted =
        memory && !inference
            ? benchmark.predictedMemory(classifier(whole), plan(settings))
            : Optional.empty();
    Optional<ProfileReport> report =
        profile
            ? Optional.of(
                new ProfileReport(
                    inference
                        ? benchmark.inferenceProfile(whole, settings.seed())
                        : benchmark.trainingProfile(
                            classifier(whole), plan(settings), settings.seed()),
                    unit()))
            : Optional.empty();
    terminal.line(
        json.wanted()
            ? asJson(backend, size, timings, bytes, predicted, report)
            : text(backend.engine(), size, timings, bytes, predicted)
                + report.map(r -> "\n\n" + r.text()).orElse(""));
    return 0;
  }

  private void requireConcurrency() {
    if (concurrency < 1 || concurrency > RunOptions.MOST_THREADS) {
      throw new ConfigurationException(
          "--concurrency must be 1 to %d, but is %d"
              .formatted(RunOptions.MOST_THREADS, concurrency));
    }
    if (concurrency > 1 && !inference) {
      throw new ConfigurationException("--concurrency measures predictions; add --inference");
    }
    if (concurrency > 1 && profile) {
      throw new ConfigurationException(
          "--profile runs one prediction at a time; omit --concurrency");
    }
  }

  private void requireNamedBackend(Settings given) {
    if (given.engine().isAuto() && memory) {
      throw new ConfigurationException(
          "--memory needs a named backend, such as --backend djl: a trial of all backends would leave"
              + " memory behind");
    }
    if (given.engine().isAuto() && concurrency > 1) {
      throw new ConfigurationException(
          "--concurrency needs a named backend, such as --backend onnx: backends are tried with one"
              + " prediction at a time");
    }
    if (given.engine().isAuto() && portableStep.isPresent()) {
      throw new ConfigurationException("--portable-step needs --backend onnx");
    }
  }

  private Settings chosen(Settings given, Graph whole) {
    return inference
        ? chooser.inference(
            given,
            whole,
            whole.initialWeights(given.seed()),
            given.training().batchSize(),
            BackendChooser.WORTHWHILE)
        : chooser.training(given, plan(given), Checkpoint.start(classifier(whole), given.seed()));
  }

  /**
   * Returns the network of a training step.
   *
   * @throws ConfigurationException if only its predictions can be measured
   */
  private Graph classifier(Graph whole) {
    try {
      return ClassifierTraining.graph(model, whole);
    } catch (ConfigurationException e) {
      throw new ConfigurationException(e.getMessage() + ". For other networks, use --inference", e);
    }
  }

  private static TrainingPlan plan(Settings settings) {
    return ClassifierTraining.plan(settings.training().optimizer());
  }

  private String unit() {
    return inference ? "batch" : "step";
  }

  private String text(
      String engineName,
      StepSize size,
      Timings timings,
      Optional<Long> bytes,
      Optional<StepMemory> predicted) {
    return "%s, batch %s, %s: %.1f ms per %s, median of %d (%.1f to %.1f)%s%s%s"
        .formatted(
            model,
            size,
            engineName,
            timings.median(),
            unit(),
            timings.milliseconds().size(),
            timings.shortest(),
            timings.longest(),
            concurrency > 1 ? throughput(size.batchSize(), timings) : "",
            bytes
                .map(count -> ", peak memory %s MiB".formatted(NumberText.mebibytes(count)))
                .orElse(""),
            predicted
                .map(step -> " (predicted: %s MiB)".formatted(NumberText.mebibytes(step.total())))
                .orElse(""));
  }

  private String throughput(int batchSize, Timings timings) {
    return ", %d at the same time, %.1f images per second"
        .formatted(concurrency, imagesPerSecond(batchSize, timings));
  }

  private static double imagesPerSecond(int batchSize, Timings timings) {
    return batchSize * 1000.0 / timings.perRepetition();
  }

  private String asJson(
      Backend backend,
      StepSize size,
      Timings timings,
      Optional<Long> bytes,
      Optional<StepMemory> predicted,
      Optional<ProfileReport> report) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", model);
    result.put("backend", backend.name());
    result.put("engine", backend.engine());
    result.put("batch_size", size.batchSize());
    result.put("accumulate", size.batches());
    result.put("steps", steps);
    result.put("milliseconds_per_" + unit(), timings.perRepetition());
    result.put("median", timings.median());
    result.put("shortest", timings.shortest());
    result.put("longest", timings.longest());
    if (inference) {
      result.put("concurrency", concurrency);
      result.put("images_per_second", imagesPerSecond(size.batchSize(), timings));
    }
    bytes.ifPresent(count -> result.put("peak_memory_bytes", count));
    predicted.ifPresent(
        step -> {
          result.put("predicted_memory_bytes", step.total());
          result.put("predicted_parts_bytes", step.parts());
        });
    report.ifPresent(r -> result.put("profile", r.json()));
    return new Json().text(result);
  }
}
