package dev.trifocal.apps;

import static dev.trifocal.layer.Layer.reshape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.zoo.Zoo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Training steps are timed, and written as ONNX files")
class BenchmarkTest {
  @TempDir Path folder;

  @Test
  void theTimeOfAStepIsToldToScripts() throws JsonProcessingException {
    AppRun run =
        AppRun.in(
            folder, "benchmark lenet5 --steps 2 --warm-up 0 --batch-size 3 --json".split(" "));
    JsonNode json = new JsonMapper().readTree(run.out());
    assertThat(json.get("model").asText()).isEqualTo("lenet5");
    assertThat(json.get("backend").asText()).isEqualTo("onnx");
    assertThat(json.get("engine").asText()).startsWith("ONNX Runtime ");
    assertThat(json.get("batch_size").asInt()).isEqualTo(3);
    assertThat(json.get("steps").asInt()).isEqualTo(2);
    assertThat(json.get("milliseconds_per_step").asDouble()).isPositive();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void thePortableStepIsWrittenToTheWorkingDirectory() {
    AppRun run =
        AppRun.in(
            folder, "benchmark lenet5 --steps 1 --warm-up 0 --portable-step step.onnx".split(" "));
    assertThat(run.out())
        .startsWith("lenet5, batch 64, ONNX Runtime ")
        .containsPattern("ms per step, median of 1 \\([0-9.]+ to [0-9.]+\\)\n$");
    assertThat(folder.resolve("step.onnx")).isNotEmptyFile();
  }

  @Test
  void onlyOnnxRuntimeRecomputesAndOnlyInTraining() {
    String words = "benchmark lenet5 --steps 1 --warm-up 0 --recompute ";
    AppRun run = AppRun.in(folder, words.trim().split(" "));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(AppRun.in(folder, (words + "--inference").split(" ")).err())
        .isEqualTo("error: --recompute changes training steps only; omit --inference\n");
    AppRun djl = AppRun.in(folder, (words + "--backend djl").split(" "));
    assertThat(djl.exitCode()).isEqualTo(2);
    assertThat(djl.err()).startsWith("error: backend djl ").contains("choose backend onnx");
  }

  @Test
  void predictionsOfAnyNetworkAndSizeAreTimedToo() throws JsonProcessingException {
    String words = "benchmark three-conv --inference --input 3x20x24 --steps 3 --warm-up 1 --json";
    AppRun run = AppRun.in(folder, (words + " --batch-size 2").split(" "));
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = new JsonMapper().readTree(run.out());
    assertThat(json.get("milliseconds_per_batch").asDouble()).isPositive();
    assertThat(json.get("median").asDouble())
        .isBetween(json.get("shortest").asDouble(), json.get("longest").asDouble());
    assertThat(json.has("peak_memory_bytes")).isFalse();
    assertThat(AppRun.in(folder, (words + " --portable-step step.onnx").split(" ")).err())
        .isEqualTo("error: --portable-step writes a training step; omit --inference\n");
  }

  @Test
  void predictionsOfSeveralThreadsAreTimedTogether() throws JsonProcessingException {
    String words = "benchmark lenet5 --inference --steps 3 --warm-up 1 --batch-size 2";
    AppRun run = AppRun.in(folder, (words + " --concurrency 2").split(" "));
    assertThat(run.out())
        .as(run.err())
        .containsPattern("median of 6 \\(.*\\), 2 at the same time, [0-9.]+ images per second\n$");
    JsonNode json =
        new JsonMapper()
            .readTree(AppRun.in(folder, (words + " --concurrency 2 --json").split(" ")).out());
    assertThat(json.get("concurrency").asInt()).isEqualTo(2);
    assertThat(json.get("images_per_second").asDouble())
        .isCloseTo(2000 / json.get("milliseconds_per_batch").asDouble(), within(1e-6));
    String training = "benchmark lenet5 --concurrency 2";
    assertThat(AppRun.in(folder, training.split(" ")).err())
        .isEqualTo("error: --concurrency measures predictions; add --inference\n");
    assertThat(AppRun.in(folder, (training + " --inference --profile").split(" ")).err())
        .isEqualTo("error: --profile runs one prediction at a time; omit --concurrency\n");
    for (String count : List.of("0", "257")) {
      assertThat(AppRun.in(folder, (words + " --concurrency " + count).split(" ")).err())
          .isEqualTo("error: --concurrency must be 1 to 256, but is " + count + "\n");
    }
  }

  @Test
  void aProfileShowsOperatorsAndLayersWhoseSumsAreTheStep() throws JsonProcessingException {
    String words = "benchmark lenet5 --profile --steps 3 --warm-up 2 --batch-size 4";
    JsonNode profile =
        new JsonMapper()
            .readTree(AppRun.in(folder, (words + " --json").split(" ")).out())
            .get("profile");
    double step = profile.get("milliseconds_per_step").asDouble();
    double outside = profile.get("outside_operators").asDouble();
    assertThat(profile.get("steps").asInt()).isEqualTo(3);
    assertThat(outside).isBetween(0.0, step);
    assertThat(sum(profile.get("operators"), "milliseconds") + outside)
        .isCloseTo(step, within(1e-6));
    assertThat(sum(profile.get("layers"), "milliseconds") + outside).isCloseTo(step, within(1e-6));
    assertThat(profile.get("layers").findValuesAsText("layer")).contains("conv1", "fc3");
    assertThat(profile.get("operators").findValuesAsText("operator")).contains("Conv");
    assertThat(sum(profile.get("layers"), "backward_milliseconds")).isPositive();

    AppRun run = AppRun.in(folder, words.split(" "));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("lenet5, batch 4, ONNX Runtime ")
        .containsPattern("\nProfile: [0-9.]+ ms per step, mean of 3\n")
        .containsPattern("\noperator +calls +ms +share\n")
        .containsPattern("\nConv +\\d+ +[0-9.]+ +[0-9.]+ %\n")
        .containsPattern("\n\\d+ others +\\d+ +[0-9.]+ +[0-9.]+ %\n")
        .containsPattern("\noutside operators +[0-9.]+ +[0-9.]+ %\ntotal +[0-9.]+ +100.0 %\n")
        .containsPattern("\nlayer +forward +backward +update +ms +share\n")
        .containsPattern("\nconv1 +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ %\n");
  }

  @Test
  void aProfileOfPredictionsHasNoBackwardPass() {
    String words = "benchmark lenet5 --profile --inference --steps 2 --warm-up 0 --batch-size 4";
    assertThat(AppRun.in(folder, words.split(" ")).out())
        .containsPattern("\nProfile: [0-9.]+ ms per batch, mean of 2\n")
        .containsPattern("\nlayer +ms +share\n")
        .containsPattern("\nconv1[^\n]* +[0-9.]+ +[0-9.]+ %\n");
  }

  private static double sum(JsonNode entries, String field) {
    double sum = 0;
    for (JsonNode entry : entries) {
      sum += entry.path(field).asDouble();
    }
    return sum;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theMemoryOfAStepGrowsWithItsBatch() throws IOException, InterruptedException {
    // Inputs, six maps of 28x28 before pooling, and the gradients of these.
    long least = 4 * 4000L * 28 * 28 * (1 + 6 + 6);
    assertThat(peakOfAStep("onnx", 4000)).isBetween(least, 40 * least);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theLibrariesOfAnEngineAreNoMemoryOfAStep() throws IOException, InterruptedException {
    assertThat(peakOfAStep("djl", 1)).isLessThan(80L << 20);
  }

  /** In a process of its own: what other tests leave free in this one would be used first. */
  private long peakOfAStep(String backend, int batch) throws IOException, InterruptedException {
    String words =
        "benchmark lenet5 --steps 1 --warm-up 0 --memory --json --backend %s --batch-size %d"
            .formatted(backend, batch);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words.split(" ")));
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(err).isZero();
    return new JsonMapper().readTree(out).get("peak_memory_bytes").asLong();
  }

  @Test
  void stepsOfANetworkWithAClassForEachPixelAreTimedToo() {
    String words = "benchmark three-conv --input 3x20x24 --batch-size 2 --steps 1 --warm-up 0";
    AppRun run = AppRun.in(folder, words.split(" "));
    assertThat(run.out()).as(run.err()).startsWith("three-conv, batch 2, ONNX Runtime ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void theChoiceOfABackendWouldDistortTheMemoryAndHasNoPortableStep() {
    String words = "benchmark lenet5 --backend auto --steps 1 ";
    assertThat(AppRun.in(folder, (words + "--memory").split(" ")).err())
        .startsWith("error: --memory needs a named backend, such as --backend djl: ");
    assertThat(AppRun.in(folder, (words + "--portable-step step.onnx").split(" ")).err())
        .isEqualTo("error: --portable-step needs --backend onnx\n");
    String djl = "benchmark lenet5 --backend djl --steps 1 --portable-step step.onnx";
    assertThat(AppRun.in(folder, djl.split(" ")).err())
        .matches("error: backend djl cannot write its training step to .*step.onnx, .*onnx\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatHasNoClassesOrNoCountIsRefused() {
    Graph lenet = Zoo.find("lenet5").graph();
    Graph rows = lenet.withHead(lenet.output(Graph.OUTPUT).path(), v -> v.then(reshape(5, 2)));
    OnnxExporter.write(folder.resolve("rows.onnx"), rows, lenet.initialWeights(1), Map.of());
    assertThat(AppRun.in(folder, "benchmark", "rows.onnx").err())
        .isEqualTo(
            "error: rows.onnx has the output [5, 2]; training steps can be measured only for"
                + " outputs [C] (classes per image) or [C, H, W] (classes per pixel). For other"
                + " networks, use --inference\n");
    AppRun run = AppRun.in(folder, "benchmark", "lenet5", "--steps", "0");
    assertThat(run.err()).isEqualTo("error: --steps must be 1 or more, and --warm-up 0 or more\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(folder.toFile().list()).containsExactly("rows.onnx");
  }
}
