package dev.trifocal.trainer;

import dev.trifocal.error.FileException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.graph.GraphJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where one training keeps its files:
 *
 * <pre>
 * last/  best/    graph.json, weights.safetensors, optimizer.safetensors, state.json
 * history.json    an array with one object per epoch; history.csv the same as a table
 * </pre>
 *
 * A checkpoint replaces the one before as a whole. Where the process dies meanwhile, be it by a
 * kill or a loss of power, the one before is there still; what is left lying beside it goes with
 * the next save. Nothing that is read can be executed.
 */
public final class RunDirectory implements CheckpointStore {
  private static final String LAST = "last";
  private static final String BEST = "best";

  private final Path folder;

  private RunDirectory(Path folder) {
    this.folder = folder;
  }

  /**
   * @param folder need not exist; it is made when something is first written
   */
  public static RunDirectory at(Path folder) {
    return new RunDirectory(folder);
  }

  /** Whether a folder is a run directory with a checkpoint, or one of its checkpoints. */
  public static boolean isThere(Path folder) {
    RunDirectory run = at(folder);
    return isCheckpoint(folder) || run.hasBest() || run.hasLast();
  }

  /**
   * What training made, for use: no auxiliary outputs, and no slots of the optimizer.
   *
   * @param folder a run directory, of which the best state is taken, or the last while there is no
   *     best; or one of its checkpoints, {@code last/} or {@code best/}
   * @throws FileException if it is neither, or its files are corrupt, foreign or of another version
   */
  public static TrainingState trained(Path folder) {
    if (isCheckpoint(folder)) {
      return new CheckpointFiles(folder).read().inference();
    }
    RunDirectory run = at(folder);
    if (!isThere(folder)) {
      throw new FileException(
          "%s holds no checkpoint of a training, neither 'best' nor 'last'".formatted(folder));
    }
    return (run.hasBest() ? run.best() : run.last()).inference();
  }

  /** The run directory that a checkpoint lies in; empty for any other folder. */
  public static Optional<RunDirectory> around(Path checkpoint) {
    Path name = checkpoint.getFileName();
    boolean named = name != null && List.of(LAST, BEST).contains(name.toString());
    return Optional.ofNullable(checkpoint.getParent())
        .filter(parent -> named)
        .map(RunDirectory::at);
  }

  private static boolean isCheckpoint(Path folder) {
    return new CheckpointFiles(folder).isThere();
  }

  public Path folder() {
    return folder;
  }

  /**
   * @throws dev.trifocal.error.ConfigurationException naming the class of a metric, schedule,
   *     optimizer or initializer that is no record of plain components
   */
  @Override
  public void requireSavable(TrainingState state) {
    StateJson.requireSavable(state);
    GraphJson.write(state.checkpoint().graph());
  }

  /**
   * @throws FileException if the state cannot be written; the state before is then still there
   */
  @Override
  public void last(TrainingState state) {
    save(LAST, state);
  }

  /**
   * @throws FileException if the state cannot be written; the state before is then still there
   */
  @Override
  public void best(TrainingState state) {
    save(BEST, state);
  }

  public boolean hasLast() {
    return Files.isDirectory(swap(LAST).current());
  }

  public boolean hasBest() {
    return Files.isDirectory(swap(BEST).current());
  }

  /**
   * The newest state, to resume from.
   *
   * @throws FileException if there is none, or it is corrupt, foreign or of another version
   */
  public TrainingState last() {
    return load(LAST);
  }

  /**
   * The best state, to use.
   *
   * @throws FileException if there is none, or it is corrupt, foreign or of another version
   */
  @Override
  public TrainingState best() {
    return load(BEST);
  }

  /**
   * Writes {@code history.json} and {@code history.csv}: the epoch, the metrics, {@code lr}, {@code
   * seconds}. What is not finite becomes {@code null} or an empty cell, since JSON has no word for
   * it.
   *
   * @throws FileException if the file cannot be written
   */
  public void history(List<EpochRecord> epochs) {
    AtomicFile.write(folder.resolve("history.json"), HistoryFile.json(epochs));
    AtomicFile.write(folder.resolve("history.csv"), HistoryFile.csv(epochs));
  }

  /** All that saving does, act after act. */
  List<AtomicFolder.Step> steps(String name, TrainingState state) {
    AtomicFolder swap = swap(name);
    return swap.steps(new CheckpointFiles(swap.fresh()).writing(state));
  }

  private void save(String name, TrainingState state) {
    swap(name).run(steps(name, state));
  }

  private TrainingState load(String name) {
    Path current = swap(name).current();
    if (!Files.isDirectory(current)) {
      throw new FileException(
          "%s: holds no '%s' checkpoint; is it the run directory of a training?"
              .formatted(folder, name));
    }
    return new CheckpointFiles(current).read();
  }

  private AtomicFolder swap(String name) {
    return new AtomicFolder(folder.resolve(name));
  }
}
