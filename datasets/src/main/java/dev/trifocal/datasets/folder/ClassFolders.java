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
 * The pictures of one part by class, as the folders say.
 *
 * @param folder with a folder for each class
 * @param walks class to what lies below its folder, sorted by class
 */
record ClassFolders(Path folder, Map<String, ImageFileWalk> walks) {
  /** What a name holds that the locale cannot express. */
  private static final char UNREADABLE = '\uFFFD';

  /**
   * @throws DataException if the names of two classes are one, or a name cannot be read
   */
  static ClassFolders below(Path folder) {
    Map<String, Path> folders = new LinkedHashMap<>();
    for (Path child : FolderLayout.folders(folder)) {
      String name = className(child);
      Path other = folders.put(name, child);
      if (other != null) {
        throw new DataException(
            "%s has two folders whose names are both '%s' to the eye (they differ in their Unicode form); rename one, or put its pictures into the other"
                .formatted(folder, name));
      }
    }
    Map<String, ImageFileWalk> walks = new LinkedHashMap<>();
    folders.forEach((name, child) -> walks.put(name, ImageFileWalk.below(child)));
    return new ClassFolders(folder, walks);
  }

  /** In composed form, whatever the file system likes better. */
  private static String className(Path folder) {
    String name = folder.getFileName().toString();
    if (name.indexOf(UNREADABLE) >= 0) {
      throw new DataException(
          "the name of the class folder %s cannot be read in the encoding %s of this process; set LC_ALL=C.UTF-8, or rename the folder"
              .formatted(folder, System.getProperty("sun.jnu.encoding")));
    }
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /**
   * Names of the classes, sorted.
   *
   * @throws DataException if there is one class only, or one has no pictures
   */
  List<String> requireClasses() {
    List<String> empty =
        walks.keySet().stream().filter(name -> walks.get(name).images().isEmpty()).toList();
    if (!empty.isEmpty()) {
      throw new DataException(
          "%s has no pictures in %s (JPEG, PNG, BMP or GIF); put some there, or remove the folder%s"
              .formatted(folder, String.join(", ", empty), empty.size() == 1 ? "" : "s"));
    }
    if (walks.size() < 2) {
      throw new DataException(
          "%s has one class only, %s; there is nothing to tell it from, so add a folder of another%s"
              .formatted(folder, String.join("", walks.keySet()), oneLevelDeeper()));
    }
    return List.copyOf(walks.keySet());
  }

  /** Where the only folder has the classes in it. */
  private String oneLevelDeeper() {
    Optional<Path> only = FolderLayout.folders(folder).stream().findFirst();
    return only.filter(child -> !FolderLayout.folders(child).isEmpty())
        .map(", or name %s, if the classes are in there"::formatted)
        .orElse("");
  }

  /** Classes that have pictures. */
  List<String> classesWithImages() {
    return walks.keySet().stream().filter(name -> !walks.get(name).images().isEmpty()).toList();
  }

  /**
   * All pictures with the ids of their classes, class by class.
   *
   * @throws DataException if a class with pictures is not among those of training
   */
  List<LabelledFile> files(List<String> classes, Path train) {
    List<LabelledFile> files = new ArrayList<>();
    walks.forEach(
        (name, walk) -> {
          int label = classes.indexOf(name);
          if (label < 0 && !walk.images().isEmpty()) {
            throw new DataException(
                "%s has the class %s, but %s has not; training cannot learn it, so move its pictures or add some to train"
                    .formatted(folder, name, train));
          }
          walk.images().forEach(file -> files.add(new LabelledFile(file, label)));
        });
    return files;
  }

  /** Files that are no pictures by their names. */
  List<Path> ignored() {
    return walks.values().stream().flatMap(walk -> walk.ignored().stream()).toList();
  }
}
