package dev.trifocal.apps.model;

import dev.trifocal.apps.run.RunFolders;
import dev.trifocal.apps.run.SettingsLoader;
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
 * Opens what training left behind: a run directory, whoever wrote it, or one of its checkpoints,
 * {@code last/} or {@code best/}.
 */
public final class RunModelLoader {
  private final Path home;
  private final RunFolders folders;
  private final SettingsLoader desk;

  @Inject
  RunModelLoader(Terminal terminal, RunFolders folders, SettingsLoader desk) {
    this.home = terminal.directory();
    this.folders = folders;
    this.desk = desk;
  }

  /** Whether a name stands for a run or a checkpoint. */
  boolean holds(String name) {
    Path folder = home.resolve(name);
    return folders.isRun(folder) || RunDirectory.isThere(folder);
  }

  /** Of a run its best state, or while there is none its last. */
  TrainingState state(String name) {
    return RunDirectory.trained(home.resolve(name));
  }

  /**
   * Those that the run was started with, flags laid over them; of one that was not started here
   * those of the working directory.
   */
  Settings settings(ModelRequest request) {
    return recorded(request.name())
        .map(run -> folders.open(run, request.flags()).settings())
        .orElseGet(() -> desk.read(request.config(), request.flags()));
  }

  /** The data that a run with settings was started on. */
  Optional<String> data(String name) {
    return recorded(name).map(run -> folders.open(run, Map.of()).settings().data());
  }

  /**
   * As {@link #settings}, where they have to say what data to open.
   *
   * @throws ConfigurationException if neither a run's settings nor a flag do
   */
  Settings settingsWithData(ModelRequest request) {
    if (recorded(request.name()).isEmpty() && !request.flags().containsKey("data")) {
      String data = state(request.name()).progress().provenance().getOrDefault("data", "");
      throw new ConfigurationException(
          "%s was not trained by this program, so it has no %s that says where its data is%s; name it: --data DATA"
              .formatted(
                  request.name(),
                  SettingsLoader.FILE,
                  data.isEmpty() ? "" : " (it was trained on %s)".formatted(name(data))));
    }
    return settings(request);
  }

  /** A provenance is a name and a digest. */
  private static String name(String provenance) {
    int space = provenance.lastIndexOf(' ');
    return space < 0 ? provenance : provenance.substring(0, space);
  }

  /** What pictures go through before the network. */
  Optional<Preprocessing> preprocessing(
      ModelRequest request, TrainingState state, Settings settings) {
    return recorded(request.name()).isPresent()
        ? Optional.of(
            settings.images().preprocessing(state.checkpoint().graph().inputs().get(0).shape()))
        : state.preprocessing();
  }

  /** The run directory with settings that a name stands for, or that holds the checkpoint. */
  private Optional<Path> recorded(String name) {
    Path folder = home.resolve(name).normalize();
    return Optional.of(folder)
        .filter(folders::isRun)
        .or(() -> RunDirectory.around(folder).map(RunDirectory::folder).filter(folders::isRun));
  }
}
