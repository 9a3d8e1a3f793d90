package dev.trifocal.apps.command;

import dev.trifocal.apps.model.ImageSettingsResolver;
import dev.trifocal.apps.run.RunFolders;
import dev.trifocal.apps.run.TrainingRun;
import dev.trifocal.apps.settings.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.apps.training.LearningRateSearch;
import dev.trifocal.apps.training.TrainingJob;
import dev.trifocal.config.Settings;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Starts a new run, resumes one or runs a learning rate range test, as the options specify. */
final class TrainingLauncher {
  private final Terminal terminal;
  private final SettingsLoader settingsLoader;
  private final RunFolders folders;
  private final ImageSettingsResolver images;
  private final TrainingJob job;
  private final LearningRateSearch rates;

  @Inject
  TrainingLauncher(
      Terminal terminal,
      SettingsLoader settingsLoader,
      RunFolders folders,
      ImageSettingsResolver images,
      TrainingJob job,
      LearningRateSearch rates) {
    this.terminal = terminal;
    this.settingsLoader = settingsLoader;
    this.folders = folders;
    this.images = images;
    this.job = job;
    this.rates = rates;
  }

  /**
   * Runs the training.
   *
   * @param flags the options for the kind of run and its directory
   * @param values the values of all options of the command by setting name
   * @return the exit code
   * @throws dev.trifocal.error.TrifocalException if the settings are invalid or training fails
   */
  int run(TrainingFlags flags, Map<String, String> values) {
    if (flags.findsRate()) {
      Path folder = terminal.directory().resolve(flags.out().orElse(Path.of("")));
      return rates.find(settings(flags, values), folder);
    }
    return job.train(
        flags
            .resume()
            .map(folder -> resumed(flags, folder, values))
            .orElseGet(() -> fresh(flags, values)));
  }

  private TrainingRun fresh(TrainingFlags flags, Map<String, String> values) {
    Settings settings = settings(flags, values);
    return new TrainingRun(folders.fresh(settings, flags.out()), settings);
  }

  private Settings settings(TrainingFlags flags, Map<String, String> values) {
    Settings given = settingsLoader.read(flags.config(), values);
    // Before a run directory is created.
    given.engine().options().requireTrainable();
    return images.forTraining(given);
  }

  private TrainingRun resumed(TrainingFlags flags, String folder, Map<String, String> values) {
    Optional<Path> named = folder.isEmpty() ? flags.out() : Optional.of(Path.of(folder));
    return folders.resumed(named, values);
  }
}
