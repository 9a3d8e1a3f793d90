package dev.trifocal.apps.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many damaged files ended in what. */
public final class MutationCounts {
  private static final int KINDS = 40;

  private final String name;
  private final Map<String, Integer> outcomes = new LinkedHashMap<>();
  private final Map<String, Integer> kinds = new TreeMap<>();
  private int files;
  private long longestMillis;
  private long mostBytes;

  /**
   * @param name what was damaged
   */
  public MutationCounts(String name) {
    this.name = name;
  }

  /** Counts what became of a file; a file may count for several outcomes. */
  public void outcome(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  /** Counts a message by its kind. */
  public void message(String message) {
    kinds.merge(kind(message), 1, Integer::sum);
  }

  /** Counts a file, with the time and the memory that reading it took. */
  public void file(long millis, long bytes) {
    files++;
    longestMillis = Math.max(longestMillis, millis);
    mostBytes = Math.max(mostBytes, bytes);
  }

  /** Writes the counts to {@code target/mutations}. */
  public void write() throws IOException {
    Path report = Path.of("target", "mutations", name + ".txt");
    Files.createDirectories(report.getParent());
    Files.writeString(report, text());
  }

  /** Without what differs from file to file: names, numbers, sizes. */
  private static String kind(String message) {
    return message
        .replaceAll("^/\\S*\\.\\w+", "FILE")
        .replaceAll("'.*'", "'..'")
        .replaceAll("\\[.*\\]", "[..]")
        .replaceAll("\\([A-Za-z]+\\)", "(..)")
        .replaceAll("-?\\d[\\d,.E]*", "#");
  }

  /** A summary, then the kinds of messages, the most frequent first. */
  private String text() {
    String counted =
        outcomes.entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "%,d %s", e.getValue(), e.getKey()))
            .collect(Collectors.joining(", "));
    StringBuilder result =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s: %,d files: %s; longest %d ms, most memory %d MiB%n",
                name,
                files,
                counted,
                longestMillis,
                mostBytes >> 20));
    kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(KINDS)
        .forEach(e -> result.append("%7d  %s%n".formatted(e.getValue(), e.getKey())));
    return result.toString();
  }
}
