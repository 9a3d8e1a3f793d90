package dev.trifocal.testkit.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The Markdown tables of the document. */
final class MarkdownTables {
  static final String NONE = "-";

  private MarkdownTables() {}

  /** Returns the table of passed cases by contract and backend, with totals. */
  static String cases(List<BackendReport> reports) {
    StringBuilder text = new StringBuilder(head("contract", names(reports)));
    for (ContractTopic topic : ContractTopic.values()) {
      List<String> cells = new ArrayList<>();
      for (BackendReport report : reports) {
        int cases = findings(report, topic).cases();
        cells.add(cases == 0 ? NONE : Integer.toString(cases));
      }
      text.append(row(topic.title(), cells));
    }
    return text.append(row("all", sums(reports))).toString();
  }

  private static List<String> sums(List<BackendReport> reports) {
    return reports.stream()
        .map(report -> report.topics().values().stream().mapToInt(ContractResults::cases).sum())
        .map(String::valueOf)
        .toList();
  }

  /** Returns the table of cases that backends declare unsupported. */
  static String refused(List<BackendReport> reports) {
    StringBuilder text = new StringBuilder(head("backend", List.of("refused cases")));
    for (BackendReport report : reports) {
      Set<String> cases = new TreeSet<>();
      report.topics().values().forEach(findings -> cases.addAll(findings.refused()));
      if (report.topics().containsKey(ContractTopic.LAYERS)) {
        String list = cases.isEmpty() ? "none" : String.join(", ", cases);
        text.append(row(report.backend(), List.of(list)));
      }
    }
    return text.toString();
  }

  /** Returns the table of deviations by subject, backend and kind; empty if there are none. */
  static String deviations(ContractTopic topic, List<BackendReport> reports) {
    List<String> columns = new ArrayList<>();
    SortedMap<String, SortedMap<String, Double>> rows = new TreeMap<>();
    for (BackendReport report : reports) {
      Set<String> kinds = new TreeSet<>();
      findings(report, topic)
          .deviations()
          .forEach(
              (subject, deviations) -> {
                kinds.addAll(deviations.keySet());
                SortedMap<String, Double> row = rows.computeIfAbsent(subject, s -> new TreeMap<>());
                deviations.forEach((kind, value) -> row.put(column(report, kind), value));
              });
      kinds.forEach(kind -> columns.add(column(report, kind)));
    }
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(head("", columns));
    rows.forEach(
        (subject, row) ->
            text.append(row(subject, columns.stream().map(c -> figure(row.get(c))).toList())));
    return text.toString();
  }

  private static String column(BackendReport report, String kind) {
    return report.backend() + " " + kind;
  }

  private static String figure(Double value) {
    if (value == null) {
      return NONE;
    }
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }

  private static ContractResults findings(BackendReport report, ContractTopic topic) {
    ContractResults nothing = new ContractResults(0, List.of(), Collections.emptySortedMap());
    return report.topics().getOrDefault(topic, nothing);
  }

  private static List<String> names(List<BackendReport> reports) {
    return reports.stream().map(BackendReport::backend).toList();
  }

  private static String head(String first, List<String> columns) {
    return row(first, columns) + row("---", Collections.nCopies(columns.size(), "---:"));
  }

  private static String row(String first, List<String> cells) {
    return "| %s | %s |%n".formatted(first, String.join(" | ", cells)).replace("\r", "");
  }
}
