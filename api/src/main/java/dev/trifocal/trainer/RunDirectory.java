package dev.trifocal.trainer;

import dev.trifocal.error.FileException;
import dev.trifocal.file.AtomicFile;
import dev.trifocal.file.FileFailure;
import dev.trifocal.graph.GraphJson;
import dev.trifocal.tensor.HalfPrecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of a training run:
 *
 * <pre>
 * last/  best/    graph.json, weights.safetensors, optimizer.safetensors, state.json
 * history.json    an array with one object per epoch; history.csv the same as a table
 * </pre>
 *
 * A checkpoint replaces the previous one atomically: if the process is killed or power fails, the
 * previous one is still there, and the next save removes what was left behind. Reading never
 * executes code from the files.
 */
public final class RunDirectory implements CheckpointStore {
  private static final String LAST = "last";
  private static final String BEST = "best";

  private final Path folder;

  private RunDirectory(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns the run directory at a path.
   *
   * @param folder directory, created on the first write if it does not exist
   */
  public static RunDirectory at(Path folder) {
    return new RunDirectory(folder);
  }

  /** Returns true if a folder is a run directory with a checkpoint, or a checkpoint in one. */
  public static boolean isThere(Path folder) {
    RunDirectory run = at(folder);
    return isCheckpoint(folder) || run.hasBest() || run.hasLast();
  }

  /**
   * Returns the trained model for inference, without auxiliary outputs and optimizer slots.
   *
   * @param folder a run directory, for its best state, or its last if there is no best yet; or one
   *     of its checkpoints, {@code last/} or {@code best/}
   * @throws FileException if it is neither, or its files are corrupt or of an unknown format
   */
  public static TrainingState trained(Path folder) {
    if (isCheckpoint(folder)) {
      return new CheckpointFiles(folder).read().inference();
    }
    RunDirectory run = at(folder);
    if (!isThere(folder)) {
      throw new FileException(
          "%s is not a run directory: it has neither a 'best' nor a 'last' checkpoint"
              .formatted(folder));
    }
    return (run.hasBest() ? run.best() : run.last()).inference();
  }

  /**
   * Writes a trained model for inference to a folder of its own, which {@link #trained} reads; no
   * run resumes from it, since it has no optimizer slots.
   *
   * @param folder a folder that does not exist yet or is empty
   * @param half the format of 16 bits to store the weights in; float32 if empty
   * @throws FileException if the folder holds files or cannot be written
   * @throws dev.trifocal.error.WeightsException if a finite weight is beyond the range of the
   *     format
   */
  public static void export(Path folder, TrainingState state, Optional<HalfPrecision> half) {
    requireEmpty(folder);
    TrainingState trained = state.inference();
    StateJson.requireSavable(trained);
    half.ifPresent(format -> trained.checkpoint().weights().requireRange(format));
    AtomicFolder swap = new AtomicFolder(folder.toAbsolutePath().normalize());
    CheckpointFiles files = new CheckpointFiles(swap.fresh());
    swap.run(
        swap.steps(
            half.map(format -> files.writing(trained, format))
                .orElseGet(() -> files.writing(trained))));
  }

  /** Returns the file of a checkpoint that holds its weights. */
  public static Path weightsFile(Path checkpoint) {
    return new CheckpointFiles(checkpoint).weights();
  }

  /** Returns the size of the {@linkplain #weightsFile weights} of a state in float32, in bytes. */
  public static long weightsBytes(TrainingState state) {
    return CheckpointFiles.weightsBytes(state);
  }

  private static void requireEmpty(Path folder) {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new FileException(folder + " is not empty; choose another folder");
      }
    } catch (IOException e) {
      throw FileFailure.writing(folder, e);
    }
  }

  /** Returns the run directory of a checkpoint; empty for any other folder. */
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
   * @throws dev.trifocal.error.ConfigurationException if a metric, schedule, optimizer or
   *     initializer is not a record of plain components; the message names its class
   */
  @Override
  public void requireSavable(TrainingState state) {
    StateJson.requireSavable(state);
    GraphJson.write(state.checkpoint().graph());
  }

  /**
   * @throws FileException if the state cannot be written; the previous one is kept
   */
  @Override
  public void last(TrainingState state) {
    save(LAST, state);
  }

  /**
   * @throws FileException if the state cannot be written; the previous one is kept
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
   * Returns the newest state, from which a run resumes.
   *
   * @throws FileException if there is none, or it is corrupt or of an unknown format
   */
  public TrainingState last() {
    return load(LAST);
  }

  /**
   * Returns the best state.
   *
   * @throws FileException if there is none, or it is corrupt or of an unknown format
   */
  @Override
  public TrainingState best() {
    return load(BEST);
  }

  /**
   * Writes {@code history.json} and {@code history.csv}: the epoch, the metrics, {@code lr} and
   * {@code seconds}. Values that are not finite become {@code null} or an empty cell, since JSON
   * cannot represent them.
   *
   * @throws FileException if the file cannot be written
   */
  public void history(List<EpochRecord> epochs) {
    AtomicFile.write(folder.resolve("history.json"), HistoryFile.json(epochs));
    AtomicFile.write(folder.resolve("history.csv"), HistoryFile.csv(epochs));
  }

  /** Returns the file operations of a save. */
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
          "%s: has no '%s' checkpoint; expected a run directory".formatted(folder, name));
    }
    return new CheckpointFiles(current).read();
  }

  private AtomicFolder swap(String name) {
    return new AtomicFolder(folder.resolve(name));
  }
}
