package dev.trifocal.datasets.folder;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images of a folder by the names that tables give them: the path below the folder, or the file
 * name alone if it is unique; with or without extension.
 */
final class ImageNames {
  private final ImageFileWalk walk;
  private final Map<String, Path> files = new HashMap<>();

  private ImageNames(Path folder, ImageFileWalk walk) {
    this.walk = walk;
    Set<String> ambiguous = new HashSet<>();
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
    return new ImageNames(folder, ImageFileWalk.below(folder));
  }

  /** Returns the images and the files in unsupported formats. */
  ImageFileWalk walk() {
    return walk;
  }

  /** Returns the image of this name; empty if there is none, or if the name is ambiguous. */
  Optional<Path> find(String name) {
    String spelled = spelled(name);
    return List.of(spelled, spelled.replaceFirst("^\\./", "")).stream()
        .map(files::get)
        .filter(file -> file != null)
        .findFirst();
  }

  private static String spelled(String name) {
    return Normalizer.normalize(name.replace('\\', '/'), Normalizer.Form.NFC);
  }

  private static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
  }
}
