package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdviseEndToEndTest {
  @TempDir Path folder;

  @Test
  void theTableNamesWhatEachRemedyChanges() {
    AppRun run = AppRun.in(folder, "advise", "lenet5", "--batch", "256", "--backend", "djl");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("lenet5, batches of 256, PyTorch")
        .containsPattern("(?m)^accumulate  --batch-size 128 --accumulate 2 ")
        .containsPattern("(?m)^kernels     3x3 for conv1 and 1 more ")
        .containsPattern("(?m)^recompute .* not possible: only backend onnx recomputes$");
  }

  @Test
  void oneRemedyIsShownBesideTheTrainingAsItIs() throws Exception {
    AppRun run = AppRun.in(folder, "advise", "lenet5", "--remedy", "width", "--json");
    JsonNode remedies = new ObjectMapper().readTree(run.out()).path("remedies");
    assertThat(remedies).hasSize(2);
    assertThat(remedies.path(1).path("remedy").asText()).isEqualTo("width");
    assertThat(remedies.path(1).path("parameters").asLong())
        .isLessThan(remedies.path(0).path("parameters").asLong() / 3);
  }

  @Test
  void eachRemedyIsMeasuredInAProcessOfItsOwn() throws Exception {
    assumeTrue(Files.isWritable(Path.of("/proc/self/clear_refs")), "only Linux tells the peak");
    AppRun run =
        AppRun.in(
            folder, "advise", "lenet5", "--batch", "8", "--measure", "--steps", "2", "--json");
    JsonNode remedies = new ObjectMapper().readTree(run.out()).path("remedies");
    assertThat(run.err()).contains("measuring images (10 of 10), 2 steps");
    for (JsonNode remedy : remedies) {
      boolean measurable = !remedy.path("remedy").asText().endsWith("bits");
      assertThat(remedy.has("milliseconds_per_step")).as(remedy.toString()).isEqualTo(measurable);
      if (measurable) {
        assertThat(remedy.path("first_loss").asDouble()).isBetween(1.0, 5.0);
      }
    }
  }

  @Test
  void whatCannotBeAdvisedIsRefused() {
    assertThat(AppRun.in(folder, "advise", "lenet5", "--backend", "auto").err())
        .isEqualTo("error: advise predicts for one engine; choose --backend onnx, djl or dl4j\n");
    assertThat(AppRun.in(folder, "advise", "lenet5", "--steps", "0").err())
        .isEqualTo("error: --steps must be 1 or more, but is 0\n");
    assertThat(AppRun.in(folder, "advise", "lenet5", "--remedy", "nothing").err())
        .startsWith("error: there is no remedy 'nothing'; there are as it is, accumulate");
  }
}
