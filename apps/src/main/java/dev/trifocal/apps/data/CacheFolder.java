package dev.trifocal.apps.data;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import java.nio.file.Path;

/** The folder for downloads. */
public final class CacheFolder {
  private CacheFolder() {}

  /**
   * Returns the folder that the settings name, else {@code trifocal} in the user's cache folder.
   */
  public static Path of(Settings settings, Terminal terminal) {
    return settings.cacheDir().orElseGet(() -> ofUser(terminal).resolve("trifocal"));
  }

  /** Returns {@code $XDG_CACHE_HOME}, else {@code ~/.cache}. */
  public static Path ofUser(Terminal terminal) {
    return terminal
        .variable("XDG_CACHE_HOME")
        .map(Path::of)
        .orElseGet(() -> Path.of(terminal.properties().get("user.home"), ".cache"));
  }
}
