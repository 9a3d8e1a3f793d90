package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The program explains itself")
class HelpTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "predict",
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

  @Test
  void theVersionIsThatOfTheBuild() {
    AppRun run = AppRun.in(folder, "--version");
    assertThat(run.out()).matches("trifocal \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
    assertThat(run.exitCode()).isZero();
  }
}
