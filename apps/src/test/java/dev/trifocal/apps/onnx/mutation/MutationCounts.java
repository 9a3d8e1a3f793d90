package dev.trifocal.apps.onnx.mutation;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How many damaged files ended in what. */
final class MutationCounts {
  private static final int KINDS = 40;

  private final Map<String, Integer> kinds = new TreeMap<>();
  private int imported;
  private int notImported;
  private int refused;
  private int compiled;
  private long longestMillis;
  private long mostBytes;

  void imported() {
    imported++;
  }

  void compiled() {
    compiled++;
  }

  void notImported(Iterable<String> obstacles) {
    notImported++;
    obstacles.forEach(this::count);
  }

  void refused(String message) {
    refused++;
    count(message);
  }

  void cost(long millis, long bytes) {
    longestMillis = Math.max(longestMillis, millis);
    mostBytes = Math.max(mostBytes, bytes);
  }

  private void count(String message) {
    kinds.merge(kind(message), 1, Integer::sum);
  }

  /** Without what differs from file to file: names, numbers, sizes. */
  private static String kind(String message) {
    return message
        .replaceAll("^/\\S*\\.onnx", "FILE")
        .replaceAll("'.*'", "'..'")
        .replaceAll("\\[.*\\]", "[..]")
        .replaceAll("\\([A-Za-z]+\\)", "(..)")
        .replaceAll("-?\\d[\\d,.E]*", "#");
  }

  /** A summary, then the kinds of messages, the most frequent first. */
  String text(String name) {
    StringBuilder result =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s: %,d files: %,d imported (%,d of them compiled), %,d not imported, %,d refused;"
                    + " longest %d ms, most memory %d MiB%n",
                name,
                imported + notImported + refused,
                imported,
                compiled,
                notImported,
                refused,
                longestMillis,
                mostBytes >> 20));
    kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(KINDS)
        .forEach(e -> result.append("%7d  %s%n".formatted(e.getValue(), e.getKey())));
    return result.toString();
  }
}
