package dev.trifocal.config;

import com.typesafe.config.ConfigUtil;
import dev.trifocal.backend.Activations;
import dev.trifocal.data.Shuffle;
import dev.trifocal.train.Sgd;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Converts settings to text from which they can be read again. */
public final class SettingsText {
  private SettingsText() {}

  /** Returns HOCON with every setting; defaults are written as resolved values. */
  public static String of(Settings settings) {
    StringBuilder text = new StringBuilder("trifocal {\n");
    values(settings)
        .forEach((key, value) -> text.append("  %s = %s%n".formatted(key, quoted(value))));
    return text.append("}\n").toString();
  }

  /** Returns values by setting, written as in a flag or a configuration file. */
  public static Map<String, String> values(Settings settings) {
    Map<String, String> result = new LinkedHashMap<>();
    EngineSettings engine = settings.engine();
    result.put("backend", engine.backend());
    result.put("device", engine.device().toString());
    result.put("threads", String.valueOf(engine.threads()));
    result.put("precision", engine.precision().toString());
    result.put("recompute", String.valueOf(engine.activations() == Activations.RECOMPUTE));
    result.put("seed", String.valueOf(settings.seed()));
    result.put("model", settings.model().name());
    result.put("width", String.valueOf(settings.model().width()));
    result.put("weights", settings.model().weights().orElse("none"));
    boolean partial = settings.model().fit() == ModelSettings.WeightMatch.PARTIAL;
    result.put("partial", String.valueOf(partial));
    List<String> freeze = settings.model().freeze();
    result.put("freeze", freeze.isEmpty() ? "none" : String.join(",", freeze));
    result.put("head", settings.model().head().orElse("none"));
    result.put("data", settings.data());
    result.put("data-dir", folder(settings.dataDir()));
    result.put("cache-dir", folder(settings.cacheDir()));
    result.put("hub", settings.hub().map(URI::toString).orElse("auto"));
    ImageSettingsReader.write(settings.images(), result);
    training(settings.training(), result);
    Task task = settings.transfer().isPresent() ? Task.TRANSFER : Task.TRAIN;
    result.put("task", SettingValues.word(task));
    settings.transfer().ifPresent(transfer -> transfer(transfer, result));
    result.put("recipe", settings.recipe().orElse("none"));
    return result;
  }

  private static void transfer(TransferSettings transfer, Map<String, String> result) {
    result.put("dropout", String.valueOf(transfer.dropout()));
    result.put("fine-tune-epochs", String.valueOf(transfer.fineTuneEpochs()));
    result.put("fine-tune-from", transfer.from().orElse("none"));
    OptionalInt last = transfer.last();
    result.put("fine-tune-last", last.isPresent() ? String.valueOf(last.getAsInt()) : "none");
    result.put("fine-tune-rate", String.valueOf(transfer.rateFactor()));
  }

  /** Returns the preprocessing settings that are present, by setting. */
  public static Map<String, String> values(PreprocessingSettings choice) {
    return ImageSettingsReader.said(choice);
  }

  private static void training(TrainingSettings training, Map<String, String> result) {
    result.put("epochs", String.valueOf(training.epochs()));
    result.put("batch-size", String.valueOf(training.batchSize()));
    result.put("accumulate", String.valueOf(training.accumulate()));
    result.put("memory", training.memory().map(MemorySize::text).orElse("auto"));
    OptimizerSettings optimizer = training.optimizer();
    result.put("optimizer", SettingValues.word(optimizer.kind()));
    result.put("lr", String.valueOf(optimizer.learningRate()));
    result.put("momentum", number(optimizer.momentum()));
    boolean nesterov = optimizer.acceleration() == Sgd.Acceleration.NESTEROV;
    result.put("nesterov", String.valueOf(nesterov));
    result.put("weight-decay", number(optimizer.weightDecay()));
    result.put("decay-of", SettingValues.word(training.decay()));
    result.put("clip-value", number(training.clipping().value()));
    result.put("clip-norm", number(training.clipping().norm()));
    ScheduleSettings schedule = training.schedule();
    result.put("schedule", SettingValues.word(schedule.kind()));
    result.put("warm-up", String.valueOf(schedule.warmUp()));
    result.put("gamma", number(schedule.gamma()));
    result.put("step-size", String.valueOf(schedule.stepSize()));
    result.put("label-smoothing", String.valueOf(training.labelSmoothing()));
    result.put("loss", training.loss().word());
    result.put("class-weights", text(training.classWeights()));
    result.put("ema", number(training.ema()));
    PlateauSettings plateau = schedule.plateau();
    result.put("plateau-patience", String.valueOf(plateau.patience()));
    result.put("plateau-threshold", String.valueOf(plateau.threshold()));
    result.put("plateau-cooldown", String.valueOf(plateau.cooldown()));
    result.put("plateau-min-lr", String.valueOf(plateau.minLearningRate()));
    OptionalInt patience = training.patience();
    result.put("patience", patience.isPresent() ? String.valueOf(patience.getAsInt()) : "none");
    result.put("checkpoint-every", String.valueOf(training.checkpointEvery()));
    result.put("loader-threads", String.valueOf(training.loaderThreads()));
    result.put("shuffle", String.valueOf(training.shuffle() == Shuffle.EACH_EPOCH));
    String rates =
        training.rates().stream()
            .map(group -> group.prefix() + "=" + group.factor())
            .collect(Collectors.joining(","));
    result.put("rates", rates.isEmpty() ? "none" : rates);
    List<String> metrics = training.metrics();
    result.put("metrics", metrics.isEmpty() ? "auto" : String.join(",", metrics));
    result.put("best-by", training.bestBy().orElse("auto"));
    boolean written = training.eventFiles() == TrainingSettings.EventFiles.WRITTEN;
    result.put("tensorboard", String.valueOf(written));
    OptionalInt histograms = training.histograms();
    result.put(
        "histograms", histograms.isPresent() ? String.valueOf(histograms.getAsInt()) : "none");
  }

  private static String text(ClassWeightSettings weights) {
    return weights.choice() == ClassWeightSettings.Choice.GIVEN
        ? weights.weights().stream().map(String::valueOf).collect(Collectors.joining(","))
        : SettingValues.word(weights.choice());
  }

  private static String folder(Optional<Path> path) {
    return path.map(Path::toString).orElse("none");
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.valueOf(value.getAsDouble()) : "none";
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9_.-]+") ? value : ConfigUtil.quoteString(value);
  }
}
