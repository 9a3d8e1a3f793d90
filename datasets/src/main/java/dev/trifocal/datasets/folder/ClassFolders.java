package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of one split, by class folder.
 *
 * @param folder the folder with one subfolder per class
 * @param walks the files below each class folder, by class name in sorted order
 */
record ClassFolders(Path folder, Map<String, ImageFiles> walks) {
  /** The replacement character of names that the locale cannot express. */
  private static final char UNREADABLE = '\uFFFD';

  /**
   * Finds the class folders of a folder.
   *
   * @throws DataException if two class names are equal in composed form, or one cannot be decoded
   */
  static ClassFolders below(Path folder) {
    Map<String, Path> folders = new LinkedHashMap<>();
    for (Path child : FolderLayout.folders(folder)) {
      String name = className(child);
      Path other = folders.put(name, child);
      if (other != null) {
        throw new DataException(
            "%s has two folders that are both displayed as '%s' (their names differ in Unicode form); rename one, or merge them"
                .formatted(folder, name));
      }
    }
    Map<String, ImageFiles> walks = new LinkedHashMap<>();
    folders.forEach((name, child) -> walks.put(name, ImageFiles.below(child)));
    return new ClassFolders(folder, walks);
  }

  /** Returns the name in composed form, regardless of the file system. */
  static String className(Path folder) {
    String name = folder.getFileName().toString();
    if (name.indexOf(UNREADABLE) >= 0) {
      throw new DataException(
          "the name of the class folder %s cannot be decoded in the encoding %s of this process; set LC_ALL=C.UTF-8, or rename the folder"
              .formatted(folder, System.getProperty("sun.jnu.encoding")));
    }
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /**
   * Returns the class names in sorted order.
   *
   * @throws DataException if the folders are not classes, there is only one, or one has no images
   */
  List<String> requireClasses() {
    FolderRole.requireClasses(folder, walks.keySet());
    List<String> empty =
        walks.keySet().stream().filter(name -> walks.get(name).images().isEmpty()).toList();
    if (!empty.isEmpty()) {
      throw new DataException(
          "%s has no images in %s (JPEG, PNG, BMP, GIF, TIFF or WebP); add some, or remove the folder%s"
              .formatted(folder, String.join(", ", empty), empty.size() == 1 ? "" : "s"));
    }
    if (walks.size() < 2) {
      throw new DataException(
          "%s has only one class, %s; classification needs at least two, so add a folder for another class%s"
              .formatted(folder, String.join("", walks.keySet()), oneLevelDeeper()));
    }
    return List.copyOf(walks.keySet());
  }

  /** Returns a hint if the only folder contains the class folders. */
  private String oneLevelDeeper() {
    Optional<Path> only = FolderLayout.folders(folder).stream().findFirst();
    return only.filter(child -> !FolderLayout.folders(child).isEmpty())
        .map(", or pass %s if it contains the classes"::formatted)
        .orElse("");
  }

  /** Returns the classes that have images. */
  List<String> classesWithImages() {
    return walks.keySet().stream().filter(name -> !walks.get(name).images().isEmpty()).toList();
  }

  /**
   * Returns all images with their class ids, class by class.
   *
   * @throws DataException if a class with images is not a class of the training set
   */
  List<LabelledFile> files(List<String> classes, Path train) {
    List<LabelledFile> files = new ArrayList<>();
    walks.forEach(
        (name, walk) -> {
          int label = classes.indexOf(name);
          if (label < 0 && !walk.images().isEmpty()) {
            throw new DataException(
                "%s has the class %s, but %s does not; move its images, or add images of this class to train"
                    .formatted(folder, name, train));
          }
          walk.images().forEach(file -> files.add(new LabelledFile(file, label)));
        });
    return files;
  }

  /** Returns the files that are not images by name. */
  List<Path> ignored() {
    return walks.values().stream().flatMap(walk -> walk.ignored().stream()).toList();
  }
}
