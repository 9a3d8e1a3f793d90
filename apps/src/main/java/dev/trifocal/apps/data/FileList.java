package dev.trifocal.apps.data;

import dev.trifocal.apps.report.NumberText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Formats findings about files, one per line, of which the first ones are named. */
final class FileList {
  private static final int MOST_NAMED = 20;

  private FileList() {}

  /** Returns the lines below their heading and number; empty without lines. */
  static Optional<String> of(String heading, List<String> lines) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String rest =
        lines.size() > MOST_NAMED
            ? "\n  and %s more".formatted(NumberText.count(lines.size() - MOST_NAMED))
            : "";
    return Optional.of(
        lines.stream()
            .limit(MOST_NAMED)
            .map(line -> "  " + line)
            .collect(
                Collectors.joining(
                    "\n", "%s: %s\n".formatted(heading, NumberText.count(lines.size())), rest)));
  }
}
