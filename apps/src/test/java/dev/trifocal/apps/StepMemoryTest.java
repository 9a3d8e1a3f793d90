package dev.trifocal.apps;

import static dev.trifocal.layer.Layer.reshape;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.shape.Shape;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The memory of a training step is known before the run")
class StepMemoryTest {
  private static final long ADAM_SLOTS = 2L * 61_706 * Float.BYTES;

  @TempDir Path folder;

  @Test
  void eachEngineHasAColumnAndTheSumIsLast() {
    AppRun run = run("summary lenet5 --batch 8 --training");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("predicted for each engine:\nMiB +(djl +)?dl4j +onnx\nweights +0 +0")
        .containsPattern("\nactivations +\\d+ +\\d+")
        .containsPattern("\ntotal +\\d+ +\\d+.*\n$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "dl4j"})
  void thePartsAreToldToScriptsInBytes(String backend) throws JsonProcessingException {
    String words = "summary lenet5 --training --json --backend " + backend;
    JsonNode small = json(words + " --batch 16").get("predicted_step_bytes").get(backend);
    JsonNode large = json(words + " --batch 64").get("predicted_step_bytes").get(backend);
    assertThat(small.get("slots").asLong()).isEqualTo(ADAM_SLOTS);
    assertThat(large.get("activations").asLong())
        .isGreaterThan(2 * small.get("activations").asLong());
    long sum = 0;
    for (JsonNode part : small) {
      sum += part.asLong();
    }
    assertThat(sum).isEqualTo(2 * small.get("total").asLong());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theBenchmarkShowsThePredictionBesideWhatItMeasures() throws JsonProcessingException {
    String words = "lenet5 --batch-size 16 --backend onnx";
    long predicted =
        json("summary " + words + " --training --json")
            .get("predicted_step_bytes")
            .get("onnx")
            .get("total")
            .asLong();
    String benchmark = "benchmark " + words + " --memory --steps 1 --warm-up 0";
    JsonNode measured = json(benchmark + " --json");
    assertThat(measured.get("predicted_memory_bytes").asLong()).isEqualTo(predicted);
    assertThat(measured.get("predicted_parts_bytes").get("slots").asLong()).isEqualTo(ADAM_SLOTS);
    assertThat(run(benchmark).out())
        .containsPattern("peak memory [0-9,]+ MiB \\(predicted: [0-9,]+ MiB\\)\n$");
    assertThat(run(benchmark + " --inference").out()).doesNotContain("predicted");
  }

  @Test
  void whatCannotBePredictedIsAnError() {
    assertThat(run("summary lenet5 --backend onnx").err())
        .isEqualTo("error: --backend names an engine to predict for; add --training\n");
    Graph rows = Graph.build("rows", Shape.of(1, 4, 4), image -> image.then(reshape(4, 4)));
    OnnxExporter.write(folder.resolve("rows.onnx"), rows, rows.initialWeights(0), Map.of());
    assertThat(run("summary rows.onnx --training").err())
        .isEqualTo(
            "error: rows.onnx has the output [4, 4]; training steps can be measured only for outputs [C] (classes per image) or [C, H, W] (classes per pixel)\n");
  }

  private JsonNode json(String words) throws JsonProcessingException {
    AppRun run = run(words);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new JsonMapper().readTree(run.out());
  }

  private AppRun run(String words) {
    return AppRun.in(folder, words.split(" "));
  }
}
