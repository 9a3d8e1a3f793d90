package dev.trifocal.apps.model;

import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
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
    try {
      List<String> lines = withoutMark(Files.readString(file)).lines().map(String::strip).toList();
      int end = lines.size();
      while (end > 0 && lines.get(end - 1).isEmpty()) {
        end--;
      }
      if (end == 0) {
        throw new FileException(
            file + " contains no class names; expected one class name per line");
      }
      return lines.subList(0, end);
    } catch (CharacterCodingException e) {
      throw new FileException(file + " is not a text file; expected one class name per line", e);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
  }

  /** Editors of Windows put a byte order mark in front of UTF-8. */
  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
