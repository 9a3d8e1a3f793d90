package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Runs laid on each other")
class CompareTest {
  @TempDir Path folder;

  @Test
  void tellASeedFromAnother() throws JsonProcessingException {
    train("a", "7");
    train("b", "7");
    train("c", "8");
    AppRun run = AppRun.in(folder, "compare", "a", "b", "c", "--steps", "20", "--json");
    assertThat(run.err()).isEmpty();
    JsonNode all = new JsonMapper().readTree(run.out());
    assertThat(all.at("/0/largest").asDouble()).isZero();
    assertThat(all.at("/1/largest").asDouble()).isZero();
    assertThat(all.at("/1/steps").asInt()).isEqualTo(20);
    assertThat(all.at("/1/backends/0").asText()).isEqualTo("onnx");
    assertThat(all.at("/2/largest").asDouble()).isGreaterThan(1e-3);
    assertThat(all.at("/2/first")).isNotEqualTo(all.at("/0/first"));
    assertThat(AppRun.in(folder, "compare", "a", "c").out())
        .containsPattern("run +backend +steps +first loss .* at step +val_loss +val_accuracy")
        .containsPattern("\na +onnx +[0-9]+ .* 0.0e\\+00 +- ");
  }

  @Test
  void needARecordOfTheirSteps() throws IOException {
    train("a", "7");
    Files.delete(folder.resolve("a/steps.jsonl"));
    AppRun run = AppRun.in(folder, "compare", "a", "a");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "error: %s has no record of step 1; only runs recorded from the first step can be compared%n"
                .formatted(folder.resolve("a")));
  }

  private void train(String name, String seed) {
    AppRun run =
        AppRun.in(
            folder, "train", "--epochs", "1", "--batch-size", "16", "--seed", seed, "--out", name);
    assertThat(run.err()).isEmpty();
  }
}
