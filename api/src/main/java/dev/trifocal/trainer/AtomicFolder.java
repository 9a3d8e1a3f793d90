package dev.trifocal.trainer;

import dev.trifocal.file.AtomicFile;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Replaces a folder so that a complete folder exists at every instant. The new folder is written
 * beside the old one, the old one is renamed, and the new one takes its name. Between the two
 * renames, readers use the old folder under its other name.
 */
record AtomicFolder(Path folder) {
  /** A single file operation, after which the process may die. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** Returns the folder to read, if it exists: the old one if a replacement was interrupted. */
  Path current() {
    return Files.isDirectory(folder) ? folder : old();
  }

  /** Returns the folder to write into while {@link #steps} run. */
  Path fresh() {
    return sibling(".new");
  }

  /**
   * Returns the operations of a replacement.
   *
   * @param writing operations that fill {@link #fresh}
   */
  List<Step> steps(List<Step> writing) {
    List<Step> steps = new ArrayList<>();
    steps.add(this::restore);
    steps.add(() -> delete(old()));
    steps.add(() -> delete(fresh()));
    steps.add(() -> Files.createDirectories(fresh()));
    steps.addAll(writing);
    steps.add(() -> AtomicFile.force(fresh()));
    steps.add(() -> moveIfThere(folder, old()));
    steps.add(() -> moveIfThere(fresh(), folder));
    steps.add(() -> delete(old()));
    return steps;
  }

  /**
   * Runs operations.
   *
   * @throws dev.trifocal.error.FileException if one fails; the old folder is kept unless the new
   *     one is already in place
   */
  void run(List<Step> steps) {
    try {
      for (Step step : steps) {
        step.run();
      }
    } catch (IOException e) {
      giveUp();
      throw FileFailure.writing(folder, e);
    } catch (RuntimeException e) {
      giveUp();
      throw e;
    }
  }

  /** Restores the old folder and deletes the new one, because the disk may be full. */
  private void giveUp() {
    try {
      restore();
      delete(fresh());
    } catch (IOException e) {
      // Readers still find the old folder, and the next save cleans up. The original failure must
      // be reported.
      return;
    }
  }

  private void restore() throws IOException {
    if (!Files.exists(folder)) {
      moveIfThere(old(), folder);
    }
  }

  private Path old() {
    return sibling(".old");
  }

  private Path sibling(String suffix) {
    return folder.resolveSibling(folder.getFileName() + suffix);
  }

  private static void moveIfThere(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      AtomicFile.force(to.toAbsolutePath().getParent());
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> content = Files.walk(tree)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
