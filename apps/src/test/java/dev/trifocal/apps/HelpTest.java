package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The program explains itself")
class HelpTest {
  private static final List<String> COMMANDS =
      List.of(
          "",
          "train",
          "transfer",
          "evaluate",
          "predict",
          "explain",
          "inspect",
          "run",
          "summary",
          "export",
          "backends",
          "zoo",
          "datasets",
          "datasets inspect",
          "datasets preview",
          "benchmark",
          "compare");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "predict",
        "explain",
        "inspect",
        "run",
        "summary",
        "export",
        "backends",
        "zoo",
        "datasets"
      })
  void everyCommandHasADescriptionAndExamples(String command) {
    AppRun run = AppRun.in(folder, command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("Usage: trifocal " + command)
        .contains("\nExamples:\n  trifocal " + command);
    assertThat(AppRun.in(folder).out()).contains("\n  " + command);
  }

  @ParameterizedTest
  @CsvSource({"40, 55", "80, 80", "200, 200"})
  void linesAreNoWiderThanTheTerminal(String columns, int width) {
    for (String command : COMMANDS) {
      String help = help(columns, command);
      assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
      assertThat(help).contains("\n  -h, --help ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "100", "200"})
  void linesBreakAtSpacesOnly(String columns) {
    for (String command : COMMANDS) {
      assertThat(words(help(columns, command))).isSubsetOf(words(help("1000", command)));
    }
  }

  private String help(String columns, String command) {
    String[] words = (command + " --help").strip().split(" ");
    return AppRun.with(Map.of("COLUMNS", columns), folder, words).out();
  }

  private static Set<String> words(String text) {
    return Set.copyOf(List.of(text.strip().split("\\s+")));
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    AppRun run = AppRun.in(folder, "--version");
    assertThat(run.out()).matches("trifocal \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
    assertThat(run.exitCode()).isZero();
  }
}
