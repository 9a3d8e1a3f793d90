package dev.trifocal.config;

import dev.trifocal.backend.Activations;
import dev.trifocal.backend.ComputePrecision;
import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Shuffle;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.train.ParameterGroup;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.WeightDecayScope;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Reads every setting into typed records. */
final class SettingsReader {
  private final SettingValues values;

  SettingsReader(SettingValues values) {
    this.values = values;
  }

  Settings settings() {
    return new Settings(
        model(),
        values.text("data"),
        values.optionalPath("data-dir"),
        values.optionalPath("cache-dir"),
        hub(),
        new ImageSettingsReader(values).settings(),
        values.whole("seed"),
        engine(),
        training(),
        transfer(),
        recipe());
  }

  private Optional<String> recipe() {
    Optional<String> name = values.optionalText("recipe");
    List<String> names = Recipes.names();
    name.filter(text -> !names.contains(text))
        .ifPresent(
            text ->
                values.complain(
                    "recipe",
                    "must be one of %s, but is '%s'%s"
                        .formatted(
                            String.join(", ", names), text, Suggestion.didYouMean(text, names))));
    return name;
  }

  private Optional<TransferSettings> transfer() {
    TransferSettings transfer =
        new TransferSettings(
            values.number("dropout", NumberRange.DECAY),
            values.natural("fine-tune-epochs"),
            values.optionalText("fine-tune-from"),
            values.optionalPositive("fine-tune-last"),
            values.number("fine-tune-rate", NumberRange.POSITIVE));
    if (transfer.from().isPresent() && transfer.last().isPresent()) {
      values.complain("fine-tune-from", "and fine-tune-last are mutually exclusive; remove one");
    }
    return values.choice("task", Task.class).filter(Task.TRANSFER::equals).map(task -> transfer);
  }

  /** Returns the server's address; empty for {@code auto}. */
  private Optional<URI> hub() {
    Optional<String> text = Optional.of(values.text("hub")).filter(word -> !word.equals("auto"));
    Optional<URI> address = text.flatMap(SettingsReader::server);
    if (text.isPresent() && address.isEmpty()) {
      values.complain(
          "hub",
          "must be the address of a server, such as https://huggingface.co, but is '%s'"
              .formatted(text.get()));
    }
    return address;
  }

  private static Optional<URI> server(String text) {
    try {
      return Optional.of(new URI(text))
          .filter(uri -> uri.getHost() != null)
          .filter(uri -> String.valueOf(uri.getScheme()).matches("(?i)https?"));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private ModelSettings model() {
    Optional<String> weights = weights();
    boolean partial = values.yes("partial");
    if (partial && weights.isEmpty()) {
      values.complain("partial", "requires weights to be set");
    }
    return new ModelSettings(
        values.text("model"),
        values.number("width", NumberRange.POSITIVE),
        weights,
        partial ? ModelSettings.WeightMatch.PARTIAL : ModelSettings.WeightMatch.WHOLE,
        values.words("freeze"),
        values.optionalText("head"));
  }

  /** Resolves {@code auto} to the published weights of a zoo model; an ONNX file has its own. */
  private Optional<String> weights() {
    if (values.text("weights").equals("auto")) {
      return ModelSettings.isFile(values.text("model"))
          ? Optional.empty()
          : Optional.of(ModelSettings.PUBLISHED);
    }
    return values.optionalPath("weights").map(Path::toString);
  }

  private EngineSettings engine() {
    Device device = values.parsed("device", Device::parse).orElse(Device.CPU);
    ComputePrecision precision =
        values.choice("precision", ComputePrecision.class).orElse(ComputePrecision.FLOAT32);
    Activations activations = values.yes("recompute") ? Activations.RECOMPUTE : Activations.KEEP;
    return new EngineSettings(values.text("backend"), device, threads(), precision, activations);
  }

  private int threads() {
    int threads = values.natural("threads");
    if (threads > RunOptions.MOST_THREADS) {
      values.complain(
          "threads", "must be at most %d, but is %d".formatted(RunOptions.MOST_THREADS, threads));
      return 0;
    }
    return threads;
  }

  private TrainingSettings training() {
    TrainingSettings.EventFiles eventFiles =
        values.yes("tensorboard")
            ? TrainingSettings.EventFiles.WRITTEN
            : TrainingSettings.EventFiles.LEFT_OUT;
    return new TrainingSettings(
        values.positive("epochs"),
        values.positive("batch-size"),
        values.positive("accumulate"),
        memory(),
        optimizer(),
        values.choice("decay-of", WeightDecayScope.class).orElse(WeightDecayScope.ALL),
        clipping(),
        schedule(),
        loss(),
        values.number("label-smoothing", NumberRange.SHARE),
        classWeights(),
        values.optionalNumber("ema", "none", NumberRange.DECAY),
        values.optionalPositive("patience"),
        values.positive("checkpoint-every"),
        values.positive("loader-threads"),
        values.yes("shuffle") ? Shuffle.EACH_EPOCH : Shuffle.NONE,
        rates(),
        metrics(),
        bestBy(),
        eventFiles,
        histograms(eventFiles));
  }

  private LossKind loss() {
    return LossKind.named(values.text("loss"))
        .orElseGet(
            () -> {
              values.complain(
                  "loss",
                  "must be one of %s, but is '%s'"
                      .formatted(
                          Arrays.stream(LossKind.values())
                              .map(LossKind::word)
                              .collect(Collectors.joining(", ")),
                          values.text("loss")));
              return LossKind.AUTO;
            });
  }

  private Optional<MemorySize> memory() {
    return values.text("memory").equals("auto")
        ? Optional.empty()
        : values.parsed("memory", MemorySize::parse);
  }

  private OptionalInt histograms(TrainingSettings.EventFiles eventFiles) {
    OptionalInt epochs = values.optionalPositive("histograms");
    if (epochs.isPresent() && eventFiles == TrainingSettings.EventFiles.LEFT_OUT) {
      values.complain(
          "histograms",
          "needs event files: set tensorboard to true (omit --no-tensorboard), or histograms to none"
              + " in a new run");
    }
    return epochs;
  }

  /** Parses text such as {@code head=10,features.0=0.1}. */
  private List<ParameterGroup> rates() {
    List<ParameterGroup> result = new ArrayList<>();
    for (String word : values.words("rates")) {
      String[] sides = word.split("=", -1);
      try {
        if (sides.length != 2) {
          throw new NumberFormatException(word);
        }
        result.add(new ParameterGroup(sides[0].strip(), Double.parseDouble(sides[1].strip())));
      } catch (NumberFormatException e) {
        values.complain(
            "rates", "must have the form head=10,features.0=0.1, but has '" + word + "'");
      } catch (ConfigurationException e) {
        values.complain("rates", "is invalid: " + e.getMessage());
      }
    }
    return result;
  }

  private List<String> metrics() {
    List<String> words = values.words("metrics");
    if (words.equals(List.of("auto"))) {
      return List.of();
    }
    if (words.isEmpty()) {
      values.complain("metrics", "must be auto or a list of metrics");
    }
    try {
      MetricNames.metrics(words, "");
    } catch (ConfigurationException e) {
      values.complain("metrics", "is invalid: " + e.getMessage());
    }
    return words;
  }

  /** {@code auto}, {@code loss}, or the word of a metric. */
  private Optional<String> bestBy() {
    Optional<String> word =
        Optional.of(values.text("best-by")).filter(text -> !text.equals("auto"));
    try {
      word.ifPresent(MetricNames::name);
    } catch (ConfigurationException e) {
      values.complain("best-by", "is wrong: " + e.getMessage());
    }
    return word;
  }

  private OptimizerSettings optimizer() {
    Optional<OptimizerKind> known = values.choice("optimizer", OptimizerKind.class);
    OptionalDouble momentum = values.optionalNumber("momentum", "none", NumberRange.DECAY);
    boolean nesterov = values.yes("nesterov");
    known.ifPresent(kind -> requireSuited(kind, momentum, nesterov));
    OptimizerKind kind = known.orElse(OptimizerKind.ADAM);
    return new OptimizerSettings(
        kind,
        values.optionalNumber("lr", "auto", NumberRange.POSITIVE).orElse(kind.learningRate()),
        momentum,
        nesterov ? Sgd.Acceleration.NESTEROV : Sgd.Acceleration.CLASSICAL,
        values.optionalNumber("weight-decay", "none", NumberRange.NATURAL));
  }

  private void requireSuited(OptimizerKind kind, OptionalDouble momentum, boolean nesterov) {
    if (momentum.isPresent() && !kind.hasMomentum()) {
      values.complain(
          "momentum",
          "applies to sgd and rmsprop only, but the optimizer is " + SettingValues.word(kind));
    }
    if (nesterov && (kind != OptimizerKind.SGD || momentum.orElse(0) == 0)) {
      values.complain("nesterov", "requires the optimizer sgd with a momentum above 0");
    }
  }

  private ClippingSettings clipping() {
    ClippingSettings clipping =
        new ClippingSettings(
            values.optionalNumber("clip-value", "none", NumberRange.POSITIVE),
            values.optionalNumber("clip-norm", "none", NumberRange.POSITIVE));
    if (clipping.value().isPresent() && clipping.norm().isPresent()) {
      values.complain("clip-value", "and clip-norm are mutually exclusive; remove one");
    }
    return clipping;
  }

  private ScheduleSettings schedule() {
    ScheduleSettings schedule =
        new ScheduleSettings(
            values.choice("schedule", ScheduleKind.class).orElse(ScheduleKind.CONSTANT),
            values.natural("warm-up"),
            values.optionalNumber("gamma", "none", NumberRange.FACTOR),
            values.positive("step-size"),
            new PlateauSettings(
                values.natural("plateau-patience"),
                values.number("plateau-threshold", NumberRange.NATURAL),
                values.natural("plateau-cooldown"),
                values.number("plateau-min-lr", NumberRange.NATURAL)));
    if (schedule.kind() == ScheduleKind.PLATEAU && schedule.plateauFactor() == 1) {
      values.complain("gamma", "must be below 1 for the schedule plateau, but is 1");
    }
    return schedule;
  }

  /**
   * Parses {@code none}, {@code balanced}, {@code median-frequency}, or weights such as {@code
   * 1,2.5,1}.
   */
  private ClassWeightSettings classWeights() {
    List<String> words = values.words("class-weights");
    if (words.isEmpty()) {
      return ClassWeightSettings.NONE;
    }
    if (words.equals(List.of("balanced"))) {
      return new ClassWeightSettings(ClassWeightSettings.Choice.BALANCED, List.of());
    }
    if (words.equals(List.of("median-frequency"))) {
      return new ClassWeightSettings(ClassWeightSettings.Choice.MEDIAN_FREQUENCY, List.of());
    }
    List<Double> weights = new ArrayList<>();
    for (String word : words) {
      try {
        double weight = Double.parseDouble(word);
        if (!NumberRange.NATURAL.holds(weight)) {
          throw new NumberFormatException(word);
        }
        weights.add(weight);
      } catch (NumberFormatException e) {
        values.complain(
            "class-weights",
            "must be none, balanced, median-frequency, or a non-negative number for each class, but has '"
                + word
                + "'");
      }
    }
    return new ClassWeightSettings(ClassWeightSettings.Choice.GIVEN, weights);
  }
}
