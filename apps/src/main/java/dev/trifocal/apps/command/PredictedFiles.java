package dev.trifocal.apps.command;

import dev.trifocal.datasets.folder.ImageFiles;
import dev.trifocal.error.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pictures that files and folders on a command line stand for. */
final class PredictedFiles {
  private PredictedFiles() {}

  /**
   * @param home where relative paths begin
   * @param named files as they are, folders for all pictures in them
   * @throws DataException if a folder has no pictures
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
        throw new DataException("%s has no pictures in it".formatted(one));
      }
      found.forEach(file -> result.add(one.resolve(place.relativize(file))));
    }
    return result;
  }
}
