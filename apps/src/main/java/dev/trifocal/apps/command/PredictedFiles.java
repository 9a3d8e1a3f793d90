package dev.trifocal.apps.command;

import dev.trifocal.datasets.folder.ImageFiles;
import dev.trifocal.error.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Resolves the files and folders of a command line to image files. */
final class PredictedFiles {
  private PredictedFiles() {}

  /**
   * Returns the files as named, and all images at any depth of the folders.
   *
   * @param home the directory that relative paths are resolved against
   * @throws DataException if a folder has no images
   */
  static List<Path> of(Path home, List<Path> named) {
    List<Path> result = new ArrayList<>();
    for (Path one : named) {
      Path place = home.resolve(one);
      if (!Files.isDirectory(place)) {
        result.add(one);
        continue;
      }
      List<Path> found = ImageFiles.below(place);
      if (found.isEmpty()) {
        throw new DataException("%s contains no images".formatted(one));
      }
      found.forEach(file -> result.add(one.resolve(place.relativize(file))));
    }
    return result;
  }
}
