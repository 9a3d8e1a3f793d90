package dev.trifocal.apps.command;

import dev.trifocal.config.SettingsText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of all commands that train: data, hyper-parameters, engine and run directory. */
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
      description = "Run directory to create. Default: runs/<model>-<data>-<n>.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Resume a run; without DIR, the run of --out or else the newest unfinished one. Only"
              + " settings that do not affect the result may be changed, and --epochs increased.")
  private Optional<String> resume = Optional.empty();

  @Option(
      names = "--find-lr",
      description =
          "Run a learning rate range test instead of training: raise the rate step by step, report"
              + " where the loss falls and where it diverges, and write find-lr.csv and find-lr.png"
              + " to the working directory or to --out.")
  private boolean findRate;

  @Mixin private EngineFlags engine;

  /** Returns the settings file, if one is given. */
  Optional<Path> config() {
    return engine.config();
  }

  /** Returns the run directory, or the output folder of the range test, if given. */
  Optional<Path> out() {
    return out;
  }

  /** Returns the run to resume, or an empty string for the newest; empty for a new run. */
  Optional<String> resume() {
    return resume;
  }

  /** Returns whether to run a learning rate range test instead of training. */
  boolean findsRate() {
    return findRate;
  }

  /** Returns the values of all given options by setting name. */
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
