package dev.trifocal.apps.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.AppRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run whose data has moved")
class MovedDataTest {
  @TempDir private Path folder;

  @BeforeEach
  void moves_after_training() throws IOException {
    FruitFolder.in(folder.resolve("fruit"), 4, 2, 2);
    String start =
        "train --model lenet5 --data fruit --size 28 --epochs 1 --no-tensorboard --out run";
    AppRun run = run(start.split(" "));
    assertThat(run.exitCode()).as(run.err()).isZero();
    Files.move(folder.resolve("fruit"), folder.resolve("elsewhere"));
  }

  @Test
  void says_how_to_point_at_it() {
    assertThat(AppRun.in(folder, "evaluate", "run").err())
        .isEqualTo(
            "error: the data folder %s does not exist; if it was moved or renamed, specify its new path\n"
                .formatted(folder.resolve("fruit")));
  }

  @Test
  void resumes_there_without_a_note() {
    AppRun resumed = run("train", "--resume", "run", "--data", "elsewhere", "--epochs", "2");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("has changed");
    assertThat(resumed.out()).contains("epoch 2/2");
    assertThat(AppRun.in(folder, "evaluate", "run").exitCode()).isZero();
  }

  @Test
  void does_not_resume_on_other_data_while_its_own_is_there() {
    FruitFolder.in(folder.resolve("fruit"), 4, 2, 2);
    AppRun resumed = run("train", "--resume", "run", "--data", "elsewhere", "--epochs", "2");
    assertThat(resumed.exitCode()).isEqualTo(2);
    assertThat(resumed.err()).contains("can only resume with its original settings: data was");
  }

  private AppRun run(String... words) {
    return AppRun.in(folder, words);
  }
}
