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
 * Where the parts of a folder of pictures are.
 *
 * @param train folder with a folder for each class
 * @param validation empty: to be drawn from the training pictures
 * @param test empty: to be drawn from the training pictures
 */
record FolderLayout(Path train, Optional<Path> validation, Optional<Path> test) {
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final List<String> VALIDATION = List.of("val", "valid", "validation");

  /**
   * @throws DataException if there is no such folder, or it holds no folders of classes
   */
  static FolderLayout of(Path folder) {
    requireFolder(folder);
    Path train = folder.resolve(TRAIN);
    // A class may be called train, too; then it has no folders in it.
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
          "%s has %s and %s; keep one of them as validation data"
              .formatted(folder, validation.get(0).getFileName(), validation.get(1).getFileName()));
    }
    return new FolderLayout(
        train,
        validation.stream().findFirst(),
        Optional.of(folder.resolve(TEST)).filter(Files::isDirectory));
  }

  /** The folders in a folder, those hidden left out, sorted by name. */
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
          folder + " is a file; data is a folder with a folder of pictures for each class");
    }
  }

  private static void requireClasses(Path folder) {
    if (folders(folder).isEmpty()) {
      boolean images = !ImageFileWalk.below(folder).images().isEmpty();
      throw new DataException(
          "%s has no classes: %s; make a folder for each class, and put its pictures there"
              .formatted(
                  folder,
                  images
                      ? "its pictures lie directly in it"
                      : "there are no folders and no pictures in it"));
    }
  }
}
