package dev.trifocal.datasets;

import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.file.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The class names of a folder of arrays. */
final class ClassNames {
  /** The number of classes without names above which a label is considered an error. */
  private static final long MOST_UNNAMED = 65_536;

  private ClassNames() {}

  /**
   * Returns the lines of {@code classes.txt}, or {@code 0} to the largest id of all splits.
   *
   * @throws DataException if an id is negative or implausibly large
   * @throws FileException if {@code classes.txt} is not a list of names
   */
  static List<String> of(Path folder, List<ArrayFiles> parts) {
    Path file = folder.resolve("classes.txt");
    return Files.exists(file) ? read(file) : count(parts);
  }

  private static List<String> read(Path file) {
    List<String> names =
        TextFile.read(file, "one class name per line").lines().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (int line = 0; line < names.size(); line++) {
      String name = names.get(line);
      if (name.isEmpty() || !seen.add(name)) {
        throw new FileException(
            "%s: line %d %s; expected one class name per line"
                .formatted(file, line + 1, name.isEmpty() ? "is empty" : "repeats " + name));
      }
    }
    if (names.isEmpty()) {
      throw new FileException(file + ": is empty; expected one class name per line");
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
              "%s: label %d of sample %d is not a valid class id; ids start at 0"
                  .formatted(part.yFile(), ids[i], i));
        }
        largest = Math.max(largest, ids[i]);
      }
    }
    return IntStream.rangeClosed(0, (int) largest).mapToObj(Integer::toString).toList();
  }
}
