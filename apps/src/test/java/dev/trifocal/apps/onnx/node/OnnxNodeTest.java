package dev.trifocal.apps.onnx.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.engine.FoundBackends;
import dev.trifocal.apps.onnx.node.Verdict.Outcome;
import dev.trifocal.onnx.internal.folding.Folding;
import dev.trifocal.onnx.internal.operand.Operator;
import dev.trifocal.onnx.internal.operator.OperatorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * ONNX's own tests of its operators, as far as they can become graphs, on every engine. The tables
 * are left in {@code target/onnx-node-tests.md}.
 */
class OnnxNodeTest {
  private static final String SEVERAL = "several nodes";
  private static final int PASSED_AT_LEAST = 300;
  private static final int FOLDED_AT_LEAST = 100;

  @Test
  void operators_that_are_read_give_what_onnx_expects_and_others_are_refused() throws IOException {
    List<NodeCase> cases = NodeCase.all();
    List<String> names =
        new ArrayList<>(OperatorTable.standard().all().stream().map(Operator::name).toList());
    names.add("");
    List<VerdictCounts> graphs =
        tallies(cases, names, one -> new NodeRun(one, FoundBackends.all()).verdict());
    List<VerdictCounts> folded =
        tallies(
            cases,
            Folding.standard().operators().stream().sorted().toList(),
            one -> new FoldingRun(one).verdict());
    String tables = table("Operators", graphs) + table("Operators on constants", folded);
    Files.writeString(Path.of("target", "onnx-node-tests.md"), tables);
    System.out.println(tables);
    assertThat(graphs)
        .allSatisfy(verdictCounts -> assertThat(verdictCounts.of(Outcome.WRONG)).isZero());
    assertThat(folded)
        .allSatisfy(verdictCounts -> assertThat(verdictCounts.of(Outcome.WRONG)).isZero());
    assertThat(sum(graphs, Outcome.PASSED)).isGreaterThanOrEqualTo(PASSED_AT_LEAST);
    assertThat(sum(folded, Outcome.PASSED)).isGreaterThanOrEqualTo(FOLDED_AT_LEAST);
  }

  private static List<VerdictCounts> tallies(
      List<NodeCase> cases, List<String> names, Function<NodeCase, Verdict> judge) {
    return names.stream()
        .map(
            name ->
                new VerdictCounts(
                    name.isEmpty() ? SEVERAL : name,
                    cases.stream().filter(c -> c.operator().equals(name)).map(judge).toList()))
        .toList();
  }

  private static String table(String title, List<VerdictCounts> verdictCounts) {
    StringBuilder text = new StringBuilder("# %s%n%n%s".formatted(title, VerdictCounts.HEAD));
    verdictCounts.forEach(tally -> text.append(tally.row()));
    List<Verdict> all = verdictCounts.stream().flatMap(t -> t.verdicts().stream()).toList();
    return text.append(new VerdictCounts("all", all).row().replaceFirst("[^|]*[|]\\R$", " |\n\n"))
        .toString();
  }

  private static long sum(List<VerdictCounts> verdictCounts, Outcome outcome) {
    return verdictCounts.stream().mapToLong(tally -> tally.of(outcome)).sum();
  }
}
