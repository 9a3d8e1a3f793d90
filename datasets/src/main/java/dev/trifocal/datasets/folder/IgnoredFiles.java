package dev.trifocal.datasets.folder;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files of a folder in unsupported formats, described for the user.
 *
 * @param files the files, sorted
 */
public record IgnoredFiles(List<Path> files) {
  public IgnoredFiles {
    files = List.copyOf(files);
  }

  /** Returns the number of files by extension, such as {@code 2 .heic, 1 without extension}. */
  public String counts() {
    return files.stream()
        .collect(
            Collectors.groupingBy(IgnoredFiles::extension, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns a note that counts the files and names the first; empty if there are none.
   *
   * @param folder the folder as the user named it
   */
  public Optional<String> note(Path folder) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "note: %d of the files in %s are in unsupported formats and are skipped (%s): %s"
            .formatted(files.size(), folder, counts(), AbbreviatedList.of(files)));
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "without extension" : name.substring(dot).toLowerCase(Locale.ROOT);
  }
}
