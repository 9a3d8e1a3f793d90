package dev.trifocal.apps.settings;

import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.config.SettingsSources;
import dev.trifocal.datasets.DatasetRegistry;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads settings from options, properties and files. */
public final class SettingsLoader {
  /** The name of the settings file, in the working directory and in run directories. */
  public static final String FILE = "trifocal.conf";

  private static final String FLAG_PREFIX = "--";

  private final Terminal terminal;
  private final DatasetRegistry datasets;

  @Inject
  SettingsLoader(Terminal terminal, DatasetRegistry datasets) {
    this.terminal = terminal;
    this.datasets = datasets;
  }

  /**
   * Reads the settings.
   *
   * @param file the settings file; by default that of the working directory, if present
   * @param flags the options by name, without their hyphens
   */
  public Settings read(Optional<Path> file, Map<String, String> flags) {
    Path usual = terminal.directory().resolve(FILE);
    Optional<Path> named = file.map(terminal.directory()::resolve);
    Optional<Path> found = Files.exists(usual) ? Optional.of(usual) : Optional.empty();
    return located(sources(named.or(() -> found), flags).read());
  }

  /** Returns the settings that a run was started with. */
  public Settings recorded(Path runFolder) {
    Optional<Path> file = Optional.of(runFolder.resolve(FILE));
    return located(new SettingsSources(file, Map.of(), Map.of()).read());
  }

  /** Returns the settings of a run, overridden by properties and options. */
  public Settings changed(Path runFolder, Map<String, String> flags) {
    Optional<Path> file = Optional.of(runFolder.resolve(FILE));
    return located(sources(file, flags).read());
  }

  private SettingsSources sources(Optional<Path> file, Map<String, String> flags) {
    return new SettingsSources(file, terminal.properties(), flags, FLAG_PREFIX);
  }

  /** Makes paths absolute, so that a run finds its data from any directory. */
  private Settings located(Settings settings) {
    Path home = terminal.directory().toAbsolutePath();
    String data = settings.data();
    boolean named = datasets.sources().stream().anyMatch(source -> source.name().equals(data));
    Path folder = home.resolve(data).normalize();
    // A name that is not a folder stays as typed, so that the error message can suggest a
    // correction.
    boolean isFolder = !named && Files.isDirectory(folder);
    return settings.data(isFolder ? folder.toString() : data).folders(home);
  }
}
