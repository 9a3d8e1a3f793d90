package dev.trifocal.apps.model;

import dev.trifocal.error.FileException;
import dev.trifocal.file.TextFile;
import java.nio.file.Path;
import java.util.List;

/** A text file with one class name per line. */
final class ClassNamesFile {
  private ClassNamesFile() {}

  /**
   * Reads the class names.
   *
   * @throws FileException if the file cannot be read, is not a text file or is empty
   */
  static List<String> read(Path file) {
    List<String> lines =
        TextFile.read(file, "one class name per line").lines().map(String::strip).toList();
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isEmpty()) {
      end--;
    }
    if (end == 0) {
      throw new FileException(file + " contains no class names; expected one class name per line");
    }
    return lines.subList(0, end);
  }
}
