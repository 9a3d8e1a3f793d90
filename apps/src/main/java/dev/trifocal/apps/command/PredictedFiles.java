package dev.trifocal.apps.command;

import dev.trifocal.datasets.folder.ImageFiles;
import dev.trifocal.error.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Resolves the files and folders of a command line to image files. */
final class PredictedFiles {
  /** A web address as a path, in which a double slash is one. */
  private static final Pattern ADDRESS = Pattern.compile("(?i)https?:/.*");

  private PredictedFiles() {}

  /**
   * Returns the files as named, and all images at any depth of the folders.
   *
   * @param home the directory that relative paths are resolved against
   * @throws DataException if a folder has no images, or a name is a web address
   */
  static List<Path> of(Path home, List<Path> named) {
    List<Path> result = new ArrayList<>();
    for (Path one : named) {
      if (ADDRESS.matcher(one.toString()).matches()) {
        throw new DataException(
            "%s is a web address; download the image, and pass the file".formatted(one));
      }
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
