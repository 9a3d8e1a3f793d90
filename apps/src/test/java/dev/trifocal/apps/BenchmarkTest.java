package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Training steps are timed, and the compiled step can be looked at")
class BenchmarkTest {
  @TempDir Path folder;

  @Test
  void theTimeOfAStepIsToldToScripts() throws JsonProcessingException {
    AppRun run =
        AppRun.in(
            folder, "benchmark lenet5 --steps 2 --warm-up 0 --batch-size 3 --json".split(" "));
    JsonNode json = new JsonMapper().readTree(run.out());
    assertThat(json.get("model").asText()).isEqualTo("lenet5");
    assertThat(json.get("batch_size").asInt()).isEqualTo(3);
    assertThat(json.get("steps").asInt()).isEqualTo(2);
    assertThat(json.get("milliseconds_per_step").asDouble()).isPositive();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void theCompiledStepIsWrittenBesideTheWorkingDirectorysFiles() {
    AppRun run =
        AppRun.in(folder, "benchmark lenet5 --steps 1 --warm-up 0 --inspect step.onnx".split(" "));
    assertThat(run.out()).startsWith("lenet5, batch 64, ONNX Runtime ").endsWith("mean of 1\n");
    assertThat(folder.resolve("step.onnx")).isNotEmptyFile();
  }

  @Test
  void whatIsNoClassifierOrNoCountIsRefused() {
    assertThat(AppRun.in(folder, "benchmark", "three-conv").err())
        .isEqualTo("error: three-conv is not a classifier; only classifiers can be benchmarked\n");
    AppRun run = AppRun.in(folder, "benchmark", "lenet5", "--steps", "0");
    assertThat(run.err()).isEqualTo("error: --steps must be 1 or more, and --warm-up 0 or more\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }
}
