package dev.trifocal.datasets.folder;

import dev.trifocal.error.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The images of one split, by class folder.
 *
 * @param folder the folder with one subfolder per class
 * @param walks the files below each class folder, by class name in sorted order
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
   * Returns the class names in sorted order.
   *
   * @throws DataException if there is only one class, or a class has no images
   */
  List<String> requireClasses() {
    List<String> empty =
        walks.keySet().stream().filter(name -> walks.get(name).images().isEmpty()).toList();
    if (!empty.isEmpty()) {
      throw new DataException(
          "%s has no images in %s (JPEG, PNG, BMP, GIF, TIFF or WebP); add some, or remove the folder%s"
              .formatted(folder, String.join(", ", empty), empty.size() == 1 ? "" : "s"));
    }
    if (walks.size() < 2) {
      throw new DataException(
          "%s has only one class, %s; classification needs at least two, so add a folder for another class"
              .formatted(folder, String.join("", walks.keySet())));
    }
    return List.copyOf(walks.keySet());
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
