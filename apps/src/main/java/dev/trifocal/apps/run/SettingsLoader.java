package dev.trifocal.apps.run;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.config.SettingsSources;
import dev.trifocal.datasets.DatasetRegistry;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the sources of settings around this process. */
public final class SettingsLoader {
  /** The settings of the working directory, and of a run directory. */
  public static final String FILE = "trifocal.conf";

  private final Terminal terminal;
  private final DatasetRegistry datasets;

  @Inject
  SettingsLoader(Terminal terminal, DatasetRegistry datasets) {
    this.terminal = terminal;
    this.datasets = datasets;
  }

  /**
   * @param file the one that the user names; else that of the working directory, if there is one
   * @param flags without their hyphens
   */
  public Settings read(Optional<Path> file, Map<String, String> flags) {
    Path usual = terminal.directory().resolve(FILE);
    Optional<Path> named = file.map(terminal.directory()::resolve);
    Optional<Path> found = Files.exists(usual) ? Optional.of(usual) : Optional.empty();
    return located(new SettingsSources(named.or(() -> found), terminal.properties(), flags).read());
  }

  /** The settings that a run was started with, and nothing else. */
  Settings recorded(Path runFolder) {
    Optional<Path> file = Optional.of(runFolder.resolve(FILE));
    return located(new SettingsSources(file, Map.of(), Map.of()).read());
  }

  /** The settings of a run, with properties and flags laid over them. */
  Settings changed(Path runFolder, Map<String, String> flags) {
    Optional<Path> file = Optional.of(runFolder.resolve(FILE));
    return located(new SettingsSources(file, terminal.properties(), flags).read());
  }

  /** Paths as they are from anywhere, so that a run finds its data again. */
  private Settings located(Settings settings) {
    Path home = terminal.directory().toAbsolutePath();
    String data = settings.data();
    boolean named = datasets.sources().stream().anyMatch(source -> source.name().equals(data));
    Path folder = home.resolve(data).normalize();
    // What is no folder is left as it was typed, so that the complaint can guess what was meant.
    boolean isFolder = !named && Files.isDirectory(folder);
    return settings.data(isFolder ? folder.toString() : data).folders(home);
  }
}
