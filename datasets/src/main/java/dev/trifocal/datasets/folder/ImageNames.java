package dev.trifocal.datasets.folder;

import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images of a folder by the names that tables give them: the path, from the root or below the
 * folder, or the file name alone if it is unique; with or without extension.
 */
final class ImageNames {
  private final Path folder;
  private final ImageFiles walk;

  /** What names may start with: the folder, as it was named, from the root, and alone. */
  private final List<String> prefixes;

  private final Map<String, Path> files = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();

  private ImageNames(Path folder, ImageFiles walk) {
    this.folder = folder;
    this.walk = walk;
    this.prefixes =
        Stream.of(folder, folder.toAbsolutePath().normalize(), real(folder), folder.getFileName())
            .filter(Objects::nonNull)
            .map(home -> spelled(home.toString()) + "/")
            .distinct()
            .toList();
    for (Path file : walk.images()) {
      String path = spelled(folder.relativize(file).toString());
      String name = spelled(file.getFileName().toString());
      for (String key : Stream.of(path, stem(path), name, stem(name)).distinct().toList()) {
        if (files.putIfAbsent(key, file) != null) {
          ambiguous.add(key);
        }
      }
    }
    files.keySet().removeAll(ambiguous);
    // A whole path is unique, whatever shorter names it equals.
    walk.images().forEach(file -> files.put(spelled(folder.relativize(file).toString()), file));
  }

  static ImageNames below(Path folder) {
    return new ImageNames(folder, ImageFiles.below(folder));
  }

  /** Returns the images and the files in unsupported formats. */
  ImageFiles walk() {
    return walk;
  }

  /** Returns the image of this name; empty if there is none, or if the name is ambiguous. */
  Optional<Path> find(String name) {
    return keys(name).filter(files::containsKey).map(files::get).findFirst();
  }

  /** Returns why there is no image of this name: "does not exist", or what else is wrong. */
  String problem(String name) {
    if (keys(name).anyMatch(ambiguous::contains)) {
      return "is the name of several images; give its path below " + folder;
    }
    if (Path.of(name).isAbsolute() && Files.exists(Path.of(name))) {
      return "is not below " + folder;
    }
    return "does not exist";
  }

  /** Returns a name as it is and without the folder, if it starts with it. */
  private Stream<String> keys(String name) {
    String spelled = spelled(name).replaceFirst("^(\\./)+", "");
    return Stream.concat(
        Stream.of(spelled),
        prefixes.stream()
            .filter(spelled::startsWith)
            .map(home -> spelled.substring(home.length())));
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw FileFailure.reading(folder, e);
    }
  }

  private static String spelled(String name) {
    return Normalizer.normalize(name.replace('\\', '/'), Normalizer.Form.NFC);
  }

  private static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }
}
