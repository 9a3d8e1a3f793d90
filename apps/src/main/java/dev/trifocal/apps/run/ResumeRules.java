package dev.trifocal.apps.run;

import dev.trifocal.config.Settings;
import dev.trifocal.config.SettingsText;
import dev.trifocal.error.ConfigurationException;
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
          "data-dir",
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
          if (!FREE.contains(key) && !value.equals(before.get(key))) {
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
}
