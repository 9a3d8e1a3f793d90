package dev.trifocal.apps.run;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.config.SettingsSources;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the sources of settings around this process. */
public final class SettingsDesk {
  /** The settings of the working directory, and of a run directory. */
  public static final String FILE = "trifocal.conf";

  private final Terminal terminal;

  @Inject
  SettingsDesk(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * @param file the one that the user names; else that of the working directory, if there is one
   * @param flags without their hyphens
   */
  public Settings read(Optional<Path> file, Map<String, String> flags) {
    Path usual = terminal.directory().resolve(FILE);
    Optional<Path> named = file.map(terminal.directory()::resolve);
    Optional<Path> found = Files.exists(usual) ? Optional.of(usual) : Optional.empty();
    return new SettingsSources(named.or(() -> found), terminal.properties(), flags).read();
  }

  /** The settings that a run was started with, and nothing else. */
  Settings recorded(Path runFolder) {
    return new SettingsSources(Optional.of(runFolder.resolve(FILE)), Map.of(), Map.of()).read();
  }

  /** The settings of a run, with properties and flags laid over them. */
  Settings changed(Path runFolder, Map<String, String> flags) {
    Optional<Path> file = Optional.of(runFolder.resolve(FILE));
    return new SettingsSources(file, terminal.properties(), flags).read();
  }
}
