package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A training says each thing once, and with --quiet results only")
class TrainingOutputTest {
  @TempDir Path folder;

  @Test
  void withoutATerminalNothingIsSaidTwiceAndThePredictCommandFollows() {
    AppRun run = train();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines().filter(line -> line.startsWith("epoch 1/1  loss"))).hasSize(1);
    assertThat(run.out().lines().filter(line -> line.matches("epoch +loss.*"))).isEmpty();
    assertThat(run.out()).endsWith("try it: ./trifocal predict %s IMAGE\n".formatted(runFolder()));
  }

  @Test
  void quietLeavesTheScoresAndTheErrors() {
    AppRun run = train("--quiet");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("best weights")
        .contains("validation")
        .doesNotContain("epoch 1/1");
    assertThat(run.out()).doesNotContain("try them", "report:", "run directory");
    assertThat(Files.exists(folder.resolve("run/report.html"))).isTrue();
    AppRun wrong = AppRun.in(folder, "evaluate", "nothing", "--quiet");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("error: ");
  }

  @Test
  void optionsOfLongCommandsStandInSections() {
    assertThat(AppRun.in(folder, "train", "--help").out())
        .contains("\nOptions:\n", "\nData:\n", "\nImages of a folder:\n", "\nTraining:\n")
        .contains("\nEngine and settings:\n", "\nMetrics:\n", "--quiet", "--best-by=METRIC");
    assertThat(AppRun.in(folder, "zoo", "--help").out()).doesNotContain("\nTraining:\n");
  }

  private AppRun train(String... more) {
    String[] flags = {"train", "--epochs", "1", "--out", "run", "--no-tensorboard"};
    return AppRun.in(folder, Stream.of(flags, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private Path runFolder() {
    return folder.resolve("run");
  }
}
