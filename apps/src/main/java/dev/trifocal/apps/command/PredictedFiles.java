package dev.trifocal.apps.command;

import dev.trifocal.datasets.folder.IgnoredFiles;
import dev.trifocal.datasets.folder.ImageFiles;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.image.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The image files that files and folders of a command line stand for.
 *
 * @param images the files as named, and all images at any depth of the folders
 * @param notes a note for the user on each folder with files in unsupported formats
 */
record PredictedFiles(List<Path> images, List<String> notes) {
  /** A web address as a path, in which a double slash is one. */
  private static final Pattern ADDRESS = Pattern.compile("(?i)https?:/.*");

  PredictedFiles {
    images = List.copyOf(images);
    notes = List.copyOf(notes);
  }

  /**
   * Lists the files.
   *
   * @param home the directory that relative paths are resolved against
   * @throws DataException if a folder has no images
   */
  static PredictedFiles of(Path home, List<Path> named) {
    List<Path> images = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Path one : named) {
      Path place = home.resolve(one);
      if (!Files.isDirectory(place)) {
        images.add(one);
        continue;
      }
      ImageFiles found = ImageFiles.below(place);
      IgnoredFiles ignored = new IgnoredFiles(below(one, place, found.ignored()));
      if (found.images().isEmpty()) {
        throw new DataException(
            "%s contains no images (JPEG, PNG, BMP, GIF, TIFF or WebP)%s"
                .formatted(
                    one,
                    ignored.files().isEmpty()
                        ? ""
                        : "; it has files in other formats: %s; convert them"
                            .formatted(ignored.counts())));
      }
      images.addAll(below(one, place, found.images()));
      ignored.note(one).ifPresent(notes::add);
    }
    return new PredictedFiles(images, notes);
  }

  /**
   * Reads an image.
   *
   * @param home the directory that relative paths are resolved against
   * @throws FileException if it cannot be read as an image
   */
  static Image read(Path home, Path image) {
    if (ADDRESS.matcher(image.toString()).matches()) {
      throw new FileException(image + " is a web address; download the image, and pass the file");
    }
    return ImageFile.read(home.resolve(image));
  }

  /** Returns files with their folder as the user named it. */
  private static List<Path> below(Path named, Path place, List<Path> files) {
    return files.stream().map(file -> named.resolve(place.relativize(file))).toList();
  }
}
