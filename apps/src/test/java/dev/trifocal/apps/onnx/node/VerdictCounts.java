package dev.trifocal.apps.onnx.node;

import dev.trifocal.apps.onnx.node.Verdict.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The verdicts on the tests of one operator. */
record VerdictCounts(String operator, List<Verdict> verdicts) {
  static final String HEAD =
      """
      | operator | tests | apply | pass | why the others do not |
      | --- | ---: | ---: | ---: | --- |
      """;

  long of(Outcome outcome) {
    return verdicts.stream().filter(v -> v.outcome() == outcome).count();
  }

  /** A row of a table. */
  String row() {
    Map<String, Long> reasons =
        verdicts.stream()
            .filter(v -> !v.reason().isEmpty())
            .collect(
                Collectors.groupingBy(VerdictCounts::told, TreeMap::new, Collectors.counting()));
    return "| %s | %d | %d | %d | %s |%n"
        .formatted(
            operator,
            verdicts.size(),
            verdicts.size() - of(Outcome.DOES_NOT_APPLY),
            of(Outcome.PASSED),
            reasons.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining("; ")));
  }

  private static String told(Verdict verdict) {
    String reason = verdict.reason().replace("\n", " ").replace("|", "/");
    return switch (verdict.outcome()) {
      case DOES_NOT_APPLY -> reason;
      case REFUSED -> "refused: " + reason;
      case WRONG -> "WRONG: " + reason;
      case PASSED -> "passed but for " + reason;
    };
  }
}
