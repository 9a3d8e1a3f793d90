package dev.trifocal.datasets;

import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.file.FileFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The classes of a folder of arrays. */
final class ClassNames {
  /** A larger label without a list of names is taken for a mistake. */
  private static final long MOST_UNNAMED = 65_536;

  private ClassNames() {}

  /**
   * The lines of {@code classes.txt}, else {@code 0} to the largest id of any part.
   *
   * @throws DataException if an id is negative, or absurdly large
   * @throws FileException if {@code classes.txt} is not a list of names
   */
  static List<String> of(Path folder, List<ArrayFiles> parts) {
    Path file = folder.resolve("classes.txt");
    return Files.exists(file) ? read(file) : count(parts);
  }

  private static List<String> read(Path file) {
    List<String> names;
    try {
      String text = Files.readString(file);
      // Editors of Windows put a byte order mark in front of UTF-8.
      String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
      names = bare.lines().map(String::strip).toList();
    } catch (CharacterCodingException e) {
      throw new FileException(file + ": is not text in UTF-8", e);
    } catch (IOException e) {
      throw FileFailure.reading(file, e);
    }
    Set<String> seen = new HashSet<>();
    for (int line = 0; line < names.size(); line++) {
      String name = names.get(line);
      if (name.isEmpty() || !seen.add(name)) {
        throw new FileException(
            "%s: line %d %s; every line is the name of one class"
                .formatted(file, line + 1, name.isEmpty() ? "is empty" : "repeats " + name));
      }
    }
    if (names.isEmpty()) {
      throw new FileException(file + ": is empty; every line is the name of one class");
    }
    return names;
  }

  private static List<String> count(List<ArrayFiles> parts) {
    long largest = 0;
    for (ArrayFiles part : parts) {
      long[] ids = part.ids().toArray();
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] < 0 || ids[i] >= MOST_UNNAMED) {
          throw new DataException(
              "%s: label %d of sample %d is not a class; classes count from 0"
                  .formatted(part.yFile(), ids[i], i));
        }
        largest = Math.max(largest, ids[i]);
      }
    }
    return IntStream.rangeClosed(0, (int) largest).mapToObj(Integer::toString).toList();
  }
}
