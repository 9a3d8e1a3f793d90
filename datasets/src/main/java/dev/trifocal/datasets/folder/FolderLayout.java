package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the parts of a folder of pictures are.
 *
 * @param train folder with a folder for each class; empty: there are held-out parts only
 * @param validation empty: to be drawn from the training pictures
 * @param test empty: to be drawn from the training pictures
 * @param notes what people should know of folders that are passed over
 */
record FolderLayout(
    Optional<Path> train, Optional<Path> validation, Optional<Path> test, List<String> notes) {
  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> VALIDATION = List.of("val", "valid", "validation");
  private static final List<String> TEST = List.of("test", "testing");

  FolderLayout {
    notes = List.copyOf(notes);
  }

  /**
   * @throws DataException if there is no such folder, or it holds no folders of classes
   */
  static FolderLayout of(Path folder) {
    requireFolder(folder);
    List<Path> children = folders(folder);
    // A class may be called train or test, too; then it has no folders in it.
    Optional<Path> train = part(folder, children, TRAIN);
    Optional<Path> validation = part(folder, children, VALIDATION);
    Optional<Path> test = part(folder, children, TEST);
    List<Path> parts = Stream.of(train, validation, test).flatMap(Optional::stream).toList();
    boolean heldOutOnly = !parts.isEmpty() && parts.size() == children.size();
    if (train.isPresent() || heldOutOnly) {
      return new FolderLayout(train, validation, test, passedOver(children, parts));
    }
    requireClasses(folder);
    parts.forEach(part -> requireNoSiblings(folder, part, children));
    return new FolderLayout(Optional.of(folder), Optional.empty(), Optional.empty(), List.of());
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

  /** The child with such a name, in whatever case, that has folders in it. */
  private static Optional<Path> part(Path folder, List<Path> children, List<String> names) {
    List<Path> found =
        children.stream()
            .filter(child -> names.contains(lowerCase(child)))
            .filter(child -> !folders(child).isEmpty())
            .toList();
    if (found.size() > 1) {
      throw new DataException(
          "%s has %s and %s; keep one of them"
              .formatted(folder, found.get(0).getFileName(), found.get(1).getFileName()));
    }
    return found.stream().findFirst();
  }

  /** Folders beside the parts hold pictures that nobody would miss before it is too late. */
  private static List<String> passedOver(List<Path> children, List<Path> parts) {
    List<String> notes = new ArrayList<>();
    for (Path child : children) {
      if (!parts.contains(child)) {
        int images = ImageFileWalk.below(child).images().size();
        notes.add(
            "note: %s is none of the parts train, val and test with a folder for each class, and is passed over (pictures in it: %d)"
                .formatted(child, images));
      }
    }
    return notes;
  }

  /** A folder test with the classes' names in it, beside the classes, can mean two things. */
  private static void requireNoSiblings(Path folder, Path part, List<Path> children) {
    List<String> names = children.stream().map(FolderLayout::lowerCase).toList();
    if (folders(part).stream().map(FolderLayout::lowerCase).anyMatch(names::contains)) {
      throw new DataException(
          "%s has classes and beside them %s, which holds classes of the same names; move the classes for training into %s"
              .formatted(folder, part.getFileName(), folder.resolve("train")));
    }
  }

  private static String lowerCase(Path folder) {
    return folder.getFileName().toString().toLowerCase(Locale.ROOT);
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
