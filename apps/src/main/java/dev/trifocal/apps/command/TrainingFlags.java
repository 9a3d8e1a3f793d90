package dev.trifocal.apps.command;

import dev.trifocal.config.SettingsText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of all commands that train: data, recipe, engine, and where the run goes. */
public final class TrainingFlags {
  @Mixin private ZooFlags zoo;
  @Mixin private DataFlags data;
  @Mixin private ImageFolderFlags imageData;
  @Mixin private AugmentFlag augment;
  @Mixin private PreprocessingFlags images;
  @Mixin private HyperparameterFlags recipe;
  @Mixin private ScheduleFlags schedule;
  @Mixin private MetricsFlag metrics;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory. Default: runs/<model>-<data>-<n>.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Go on with a run; without DIR with that of --out, or the newest that is not finished."
              + " Only settings that do not change the result may be given, and more epochs.")
  private Optional<String> resume = Optional.empty();

  @Option(
      names = "--find-lr",
      description =
          "Train nothing: let the rate rise from step to step, show where the loss falls and where"
              + " it diverges, and write find-lr.csv and find-lr.png, into the folder of --out if"
              + " there is one.")
  private boolean findRate;

  @Mixin private EngineFlags engine;

  /** A file of settings. */
  Optional<Path> config() {
    return engine.config();
  }

  /** The run directory, or the folder of the range test. */
  Optional<Path> out() {
    return out;
  }

  /** The run to go on with; an empty word for the newest. */
  Optional<String> resume() {
    return resume;
  }

  /** Whether rates are tried and nothing is trained. */
  boolean findsRate() {
    return findRate;
  }

  /** Setting to value, as far as they were given. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>(zoo.values());
    values.putAll(data.values());
    values.putAll(imageData.values());
    values.putAll(augment.values());
    values.putAll(SettingsText.values(images.choice()));
    values.putAll(recipe.values());
    values.putAll(schedule.values());
    values.putAll(metrics.values());
    values.putAll(engine.values());
    return values;
  }
}
