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
 * Replaces a folder by a new one so that a whole one can be found at every instant: the new one is
 * written beside it, the old one is renamed out of the way, the new one takes its name. Between the
 * two renames the old one is found under its other name.
 */
record AtomicFolder(Path folder) {
  /** One act, after which the process may die. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** The whole folder to read: the old one where a swap broke off; absent or not. */
  Path current() {
    return Files.isDirectory(folder) ? folder : old();
  }

  /** The folder to write into while {@link #steps} run. */
  Path fresh() {
    return sibling(".new");
  }

  /**
   * @param writing fills {@link #fresh}
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
   * @throws dev.trifocal.error.FileException if a step fails; the folder's content is then the old
   *     one
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

  /** Leaves the old folder in its place and nothing beside it: a full disk needs the room. */
  private void giveUp() {
    try {
      restore();
      delete(fresh());
    } catch (IOException e) {
      // Reading finds the old folder all the same, and the next save clears up; what went wrong
      // first is what people must hear of.
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
