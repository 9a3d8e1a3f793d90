package dev.trifocal.apps.model;

import dev.trifocal.apps.run.RunFolders;
import dev.trifocal.apps.settings.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.TrainingState;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Opens a run directory, written by this program or another, or one of its checkpoints, {@code
 * last/} or {@code best/}.
 */
public final class RunModelLoader {
  private final Path home;
  private final RunFolders folders;
  private final SettingsLoader settingsLoader;

  @Inject
  RunModelLoader(Terminal terminal, RunFolders folders, SettingsLoader settingsLoader) {
    this.home = terminal.directory();
    this.folders = folders;
    this.settingsLoader = settingsLoader;
  }

  /** Returns whether a name is that of a run directory or a checkpoint. */
  boolean holds(String name) {
    Path folder = home.resolve(name);
    return folders.isRun(folder) || RunDirectory.isThere(folder);
  }

  /** Returns the state of a checkpoint, or the best state of a run, or its last if none is best. */
  TrainingState state(String name) {
    return RunDirectory.trained(home.resolve(name));
  }

  /**
   * Returns the settings that the run was started with, overridden by options; for a run of another
   * program, those of the working directory.
   */
  Settings settings(ModelRequest request) {
    return recorded(request.name())
        .map(run -> folders.open(run, request.flags()).settings())
        .orElseGet(() -> settingsLoader.read(request.config(), request.flags()));
  }

  /** Returns the data that a run was started on; empty if it has no settings. */
  Optional<String> data(String name) {
    return recorded(name).map(run -> folders.open(run, Map.of()).settings().data());
  }

  /**
   * Like {@link #settings}, but requires that they name the data.
   *
   * @throws ConfigurationException if neither the run's settings nor an option name the data
   */
  Settings settingsWithData(ModelRequest request) {
    if (recorded(request.name()).isEmpty() && !request.flags().containsKey("data")) {
      String data = state(request.name()).progress().provenance().getOrDefault("data", "");
      throw new ConfigurationException(
          "%s was not trained by this program and has no %s with the location of its data%s; specify it with --data DATA"
              .formatted(
                  request.name(),
                  SettingsLoader.FILE,
                  data.isEmpty() ? "" : " (it was trained on %s)".formatted(name(data))));
    }
    return settings(request);
  }

  /** Returns the name part of a provenance, which is a name and a digest. */
  private static String name(String provenance) {
    int space = provenance.lastIndexOf(' ');
    return space < 0 ? provenance : provenance.substring(0, space);
  }

  /** Returns the preprocessing of images, if known. */
  Optional<Preprocessing> preprocessing(
      ModelRequest request, TrainingState state, Settings settings) {
    return recorded(request.name()).isPresent()
        ? Optional.of(
            settings.images().preprocessing(state.checkpoint().graph().inputs().get(0).shape()))
        : state.preprocessing();
  }

  /**
   * Returns the run directory with settings that the name denotes, or that holds its checkpoint.
   */
  private Optional<Path> recorded(String name) {
    Path folder = home.resolve(name).normalize();
    return Optional.of(folder)
        .filter(folders::isRun)
        .or(() -> RunDirectory.around(folder).map(RunDirectory::folder).filter(folders::isRun));
  }
}
