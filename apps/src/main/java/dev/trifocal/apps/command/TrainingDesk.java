package dev.trifocal.apps.command;

import dev.trifocal.apps.model.PictureDesk;
import dev.trifocal.apps.run.Run;
import dev.trifocal.apps.run.RunFolders;
import dev.trifocal.apps.run.SettingsDesk;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.apps.training.RateFinding;
import dev.trifocal.apps.training.TrainingJob;
import dev.trifocal.config.Settings;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** From the flags of a command that trains to a run, new or resumed, or to a test of rates. */
final class TrainingDesk {
  private final Terminal terminal;
  private final SettingsDesk desk;
  private final RunFolders folders;
  private final PictureDesk pictures;
  private final TrainingJob job;
  private final RateFinding rates;

  @Inject
  TrainingDesk(
      Terminal terminal,
      SettingsDesk desk,
      RunFolders folders,
      PictureDesk pictures,
      TrainingJob job,
      RateFinding rates) {
    this.terminal = terminal;
    this.desk = desk;
    this.folders = folders;
    this.pictures = pictures;
    this.job = job;
    this.rates = rates;
  }

  /**
   * @param flags where the run goes, and whether it is one
   * @param values of all flags of the command
   * @return the exit code
   * @throws dev.trifocal.error.TrifocalException if what was asked for cannot be done
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

  private Run fresh(TrainingFlags flags, Map<String, String> values) {
    Settings settings = settings(flags, values);
    return new Run(folders.fresh(settings, flags.out()), settings);
  }

  private Settings settings(TrainingFlags flags, Map<String, String> values) {
    return pictures.forTraining(desk.read(flags.config(), values));
  }

  private Run resumed(TrainingFlags flags, String folder, Map<String, String> values) {
    Optional<Path> named = folder.isEmpty() ? flags.out() : Optional.of(Path.of(folder));
    return folders.resumed(named, values);
  }
}
