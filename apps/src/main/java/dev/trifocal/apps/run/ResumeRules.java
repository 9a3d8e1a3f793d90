package dev.trifocal.apps.run;

import dev.trifocal.config.Settings;
import dev.trifocal.config.SettingsText;
import dev.trifocal.error.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What may be otherwise when a training goes on. */
final class ResumeRules {
  /** Settings that change where and how long a training runs, but not what it computes. */
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
   * @throws ConfigurationException naming every setting that cannot change
   */
  static void require(Path folder, Settings recorded, Settings wanted) {
    Map<String, String> before = SettingsText.values(recorded);
    Map<String, String> now = SettingsText.values(wanted);
    List<String> problems = new ArrayList<>();
    now.forEach(
        (key, value) -> {
          if (!FREE.contains(key) && !value.equals(before.get(key))) {
            String old = before.getOrDefault(key, "not there");
            problems.add("%s was %s, but is now %s".formatted(key, old, value));
          }
        });
    if (!problems.isEmpty()) {
      throw new ConfigurationException(
          "%s goes on with the settings it was started with: %s. Leave them out, or start a new run"
              .formatted(folder, String.join("; ", problems)));
    }
    if (wanted.training().epochs() < recorded.training().epochs()) {
      throw new ConfigurationException(
          "%s was started for %d epochs; --epochs can only add to them, but is %d"
              .formatted(folder, recorded.training().epochs(), wanted.training().epochs()));
    }
  }
}
