package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pictures of one part by class, as the folders say.
 *
 * @param folder with a folder for each class
 * @param walks class to what lies below its folder, sorted by class
 */
record ClassFolders(Path folder, Map<String, ImageFileWalk> walks) {
  static ClassFolders below(Path folder) {
    Map<String, ImageFileWalk> walks = new LinkedHashMap<>();
    for (Path child : FolderLayout.folders(folder)) {
      walks.put(child.getFileName().toString(), ImageFileWalk.below(child));
    }
    return new ClassFolders(folder, walks);
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
          "%s has no pictures in %s (JPEG, PNG, BMP, GIF, TIFF or WebP); put some there, or remove the folder%s"
              .formatted(folder, String.join(", ", empty), empty.size() == 1 ? "" : "s"));
    }
    if (walks.size() < 2) {
      throw new DataException(
          "%s has one class only, %s; there is nothing to tell it from, so add a folder of another"
              .formatted(folder, String.join("", walks.keySet())));
    }
    return List.copyOf(walks.keySet());
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
