package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders of the splits of an image folder.
 *
 * @param train the training folder, with one subfolder per class
 * @param validation the validation folder; if empty, validation images are drawn from the training
 *     images
 * @param test the test folder; if empty, test images are drawn from the training images
 */
record FolderLayout(Path train, Optional<Path> validation, Optional<Path> test) {
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final List<String> VALIDATION = List.of("val", "valid", "validation");

  /**
   * Finds the splits of a folder.
   *
   * @throws DataException if the folder does not exist or has no class folders
   */
  static FolderLayout of(Path folder) {
    requireFolder(folder);
    Path train = folder.resolve(TRAIN);
    // A class may also be named train; its folder then has no subfolders.
    boolean divided = Files.isDirectory(train) && !folders(train).isEmpty();
    if (!divided) {
      requireClasses(folder);
      return new FolderLayout(folder, Optional.empty(), Optional.empty());
    }
    requireClasses(train);
    List<Path> validation =
        VALIDATION.stream().map(folder::resolve).filter(Files::isDirectory).toList();
    if (validation.size() > 1) {
      throw new DataException(
          "%s has both %s and %s; keep only one of them as validation data"
              .formatted(folder, validation.get(0).getFileName(), validation.get(1).getFileName()));
    }
    return new FolderLayout(
        train,
        validation.stream().findFirst(),
        Optional.of(folder.resolve(TEST)).filter(Files::isDirectory));
  }

  /** Returns the subfolders of a folder, except hidden ones, sorted by name. */
  static List<Path> folders(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(Files::isDirectory)
          .filter(child -> !ImageFileWalk.isHidden(child))
          .sorted(ImageFileWalk.ORDER)
          .toList();
    } catch (IOException e) {
      throw FileFailure.reading(folder, e);
    }
  }

  private static void requireFolder(Path folder) {
    if (Files.notExists(folder)) {
      throw FileFailure.reading(folder, new NoSuchFileException(folder.toString()));
    }
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder + " is a file; expected a folder with one subfolder of images per class");
    }
  }

  private static void requireClasses(Path folder) {
    if (folders(folder).isEmpty()) {
      boolean images = !ImageFileWalk.below(folder).images().isEmpty();
      throw new DataException(
          "%s has no classes: %s; create one folder per class and move its images there"
              .formatted(
                  folder,
                  images
                      ? "its images are not in subfolders"
                      : "it has neither subfolders nor images"));
    }
  }
}
