package dev.trifocal.apps.run;

import dev.trifocal.config.Settings;
import dev.trifocal.config.SettingsText;
import dev.trifocal.error.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings that may change when a training run resumes. */
final class ResumeRules {
  /** Settings that affect where and how long a run trains, but not what it computes. */
  static final Set<String> FREE =
      Set.of(
          "backend",
          "device",
          "threads",
          "recompute",
          "memory",
          "data-dir",
          "mask-classes",
          "cache-dir",
          "hub",
          "strict",
          "picture-cache",
          "epochs",
          "fine-tune-epochs",
          "patience",
          "checkpoint-every",
          "tensorboard",
          "loader-threads");

  private static final String DATA = "data";

  private ResumeRules() {}

  /**
   * Checks that only such settings changed.
   *
   * @throws ConfigurationException if others did; the message names each of them
   */
  static void require(Path folder, Settings recorded, Settings wanted) {
    Map<String, String> before = SettingsText.values(recorded);
    Map<String, String> now = SettingsText.values(wanted);
    List<String> problems = new ArrayList<>();
    now.forEach(
        (key, value) -> {
          boolean allowed =
              FREE.contains(key) || key.equals(DATA) && isMoved(before.get(key), value);
          if (!allowed && !value.equals(before.get(key))) {
            String old = before.getOrDefault(key, "not set");
            problems.add("%s was %s and is now %s".formatted(key, old, value));
          }
        });
    if (!problems.isEmpty()) {
      throw new ConfigurationException(
          "%s can only resume with its original settings: %s. Omit these options, or start a new run"
              .formatted(folder, String.join("; ", problems)));
    }
    if (wanted.training().epochs() < recorded.training().epochs()) {
      throw new ConfigurationException(
          "%s was started with %d epochs; --epochs must not be lower, but is %d"
              .formatted(folder, recorded.training().epochs(), wanted.training().epochs()));
    }
  }

  /**
   * Returns whether a folder of data is gone and another one is given; its content is compared
   * later.
   */
  private static boolean isMoved(String before, String now) {
    return Path.of(before).isAbsolute()
        && Files.notExists(Path.of(before))
        && Files.isDirectory(Path.of(now));
  }
}
