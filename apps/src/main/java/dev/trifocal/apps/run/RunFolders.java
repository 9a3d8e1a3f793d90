package dev.trifocal.apps.run;

import dev.trifocal.apps.settings.SettingsLoader;
import dev.trifocal.apps.terminal.Terminal;
import dev.trifocal.config.Settings;
import dev.trifocal.config.TrainingSettings;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.FileException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds run directories, new and existing. */
public final class RunFolders {
  private static final Path ALL = Path.of("runs");

  private final Path home;
  private final SettingsLoader settingsLoader;

  @Inject
  RunFolders(Terminal terminal, SettingsLoader settingsLoader) {
    this.home = terminal.directory();
    this.settingsLoader = settingsLoader;
  }

  /** Returns whether a folder is a run directory. */
  public boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve(SettingsLoader.FILE));
  }

  /**
   * Returns the directory for a new run.
   *
   * @param wanted the requested directory; by default {@code runs/<model>-<data>-<n>}
   * @throws ConfigurationException if the directory contains more than hidden files
   */
  public Path fresh(Settings settings, Optional<Path> wanted) {
    if (wanted.isEmpty()) {
      String data = Path.of(settings.data()).getFileName().toString();
      return IntStream.iterate(1, n -> n + 1)
          .mapToObj(n -> home.resolve(ALL).resolve(settings.model().brief() + "-" + data + "-" + n))
          .filter(Files::notExists)
          .findFirst()
          .orElseThrow();
    }
    Path folder = home.resolve(wanted.get());
    if (isRun(folder)) {
      throw new ConfigurationException(
          "%s already holds a run; resume it with --resume %s, or choose another --out"
              .formatted(folder, folder));
    }
    if (!children(folder).stream().allMatch(RunFolders::isHidden)) {
      throw new ConfigurationException(folder + " is not empty; choose another --out");
    }
    return folder;
  }

  /**
   * Opens the run in a folder, with its settings overridden by options.
   *
   * @throws ConfigurationException if the folder is not a run directory, or a setting is invalid
   */
  public TrainingRun open(Path named, Map<String, String> flags) {
    Path folder = home.resolve(named);
    if (!isRun(folder)) {
      throw new ConfigurationException(
          "%s is not a run directory: it has no %s".formatted(folder, SettingsLoader.FILE));
    }
    return new TrainingRun(folder, settingsLoader.changed(folder, flags));
  }

  /**
   * Opens the run to resume.
   *
   * @param named the run directory; by default the newest unfinished one in {@code runs}
   * @param flags the options, which may only change settings that do not affect the result; the
   *     backend {@code auto} stands for the run's own
   */
  public TrainingRun resumed(Optional<Path> named, Map<String, String> flags) {
    TrainingRun run = open(named.orElseGet(this::newestUnfinished), flags);
    Settings recorded = settingsLoader.recorded(run.folder());
    Settings wanted = divided(recorded, run.settings(), flags);
    ResumeRules.require(run.folder(), recorded, wanted);
    return new TrainingRun(
        run.folder(),
        wanted.engine().isAuto() ? wanted.backend(recorded.engine().backend()) : wanted);
  }

  /**
   * Returns the wanted settings with the batches of the run, if the options ask for the same number
   * of samples per step: the run may have divided them to fit into memory.
   */
  private static Settings divided(Settings recorded, Settings wanted, Map<String, String> flags) {
    TrainingSettings before = recorded.training();
    int batches = flags.containsKey("accumulate") ? wanted.training().accumulate() : 1;
    long samples = (long) wanted.training().batchSize() * batches;
    boolean same =
        flags.containsKey("batch-size")
            && samples == (long) before.batchSize() * before.accumulate();
    return same ? wanted.stepSize(before.stepSize()) : wanted;
  }

  private Path newestUnfinished() {
    return children(home.resolve(ALL)).stream()
        .filter(this::isRun)
        .filter(folder -> !new TrainingRun(folder, settingsLoader.recorded(folder)).isFinished())
        .max(Comparator.comparing(RunFolders::touched))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "there is no unfinished run in %s; specify one with --resume DIR"
                        .formatted(home.resolve(ALL))));
  }

  /** Hidden files are what a process leaves that is killed before its first write is complete. */
  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  private static FileTime touched(Path folder) {
    return children(folder).stream()
        .map(RunFolders::modified)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new FileException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Path> children(Path folder) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    } catch (NotDirectoryException e) {
      throw new ConfigurationException(folder + " is a file; expected a folder", e);
    } catch (IOException e) {
      throw new FileException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }
}
