package dev.trifocal.apps.model;

import dev.trifocal.error.FileException;
import dev.trifocal.file.TextFile;
import dev.trifocal.onnx.ForeignNames;
import java.nio.file.Path;
import java.util.List;

/** A text file with one class name per line, or with a list of names in JSON or Python. */
final class ClassNamesFile {
  private ClassNamesFile() {}

  /**
   * Reads the class names.
   *
   * @throws FileException if the file cannot be read, is not a text file, is empty, or holds JSON
   *     without class names
   */
  static List<String> read(Path file) {
    String text = TextFile.read(file, "one class name per line");
    List<String> listed = ForeignNames.of(text);
    if (!listed.isEmpty()) {
      return listed;
    }
    if (looksLikeJson(text.strip())) {
      throw new FileException(
          file
              + " contains no class names; expected one per line, a JSON list, or a JSON object"
              + " from 0, 1, 2 and so on to names");
    }
    List<String> lines = text.lines().map(String::strip).toList();
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isEmpty()) {
      end--;
    }
    if (end == 0) {
      throw new FileException(file + " contains no class names; expected one class name per line");
    }
    return lines.subList(0, end);
  }

  private static boolean looksLikeJson(String text) {
    boolean bracketed =
        text.startsWith("[") && text.endsWith("]") || text.startsWith("{") && text.endsWith("}");
    return bracketed && (text.contains("\"") || text.lines().count() == 1);
  }
}
