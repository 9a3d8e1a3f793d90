package dev.trifocal.apps.model;

import dev.trifocal.onnx.importer.ImportFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages that explain why a file cannot be imported as a graph. */
final class ImportProblems {
  /** Splits an obstacle into the node's name and the problem. */
  static final Pattern NODE = Pattern.compile("node ('.*?') (\\(\\w+\\): .*)");

  private ImportProblems() {}

  /** Lists all obstacles, with the nodes that share a problem grouped together. */
  static String all(String file, ImportFailure reasons) {
    Map<String, List<String>> nodes = new LinkedHashMap<>();
    for (String obstacle : reasons.obstacles()) {
      Matcher node = NODE.matcher(obstacle);
      boolean matches = node.matches();
      List<String> names =
          nodes.computeIfAbsent(matches ? node.group(2) : obstacle, reason -> new ArrayList<>());
      if (matches) {
        names.add(node.group(1));
      }
    }
    List<String> parts = new ArrayList<>();
    nodes.forEach((reason, names) -> parts.add(named(names) + reason));
    return "%s: cannot be imported as a graph: %s".formatted(file, String.join("; ", parts));
  }

  /** Names the first obstacle and the number of others. */
  static String brief(String file, ImportFailure reasons) {
    int more = reasons.obstacles().size() - 1;
    return "%s cannot be imported as a graph (%s%s)"
        .formatted(
            file, reasons.obstacles().get(0), more == 0 ? "" : "; and %,d more".formatted(more));
  }

  private static String named(List<String> nodes) {
    if (nodes.isEmpty()) {
      return "";
    }
    return (nodes.size() == 1 ? "node " : "nodes ") + String.join(", ", nodes) + " ";
  }
}
