package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trifocal.apps.AppRun;
import dev.trifocal.tensor.HalfPrecision;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.weights.HalfRounding;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Models with weights of 16 bits")
class HalfExportEndToEndTest {
  @TempDir static Path folder;

  @BeforeAll
  static void aRunOnDigits() {
    assertRuns("train", "--epochs", "1", "--out", "run", "--quiet");
  }

  @ParameterizedTest
  @CsvSource({"fp16, 0.0004884", "bf16, 0.003907"})
  void sizesAndAccuraciesBeforeAndAfterArePrintedAndTheFileHasThem(String half, double most)
      throws IOException {
    String file = half + ".onnx";
    AppRun text = assertRuns("export", "run", "--out", file, "--half", half);
    assertThat(text.out())
        .startsWith(file + " written\n\nweights")
        .contains("\nfloat32 ")
        .contains("\n" + half + " ")
        .contains("\nlargest rounding: ");
    JsonNode json =
        json(assertRuns("export", "run", "--out", file, "--half", half, "--json").out());
    assertThat(json.get("file").asText()).isEqualTo(file);
    assertThat(json.get("largestRounding").asDouble()).isBetween(most / 4, most);
    assertThat(json.get("becameZero").asLong()).isZero();
    long before = json.at("/float32/bytes").asLong();
    long after = json.at("/" + half + "/bytes").asLong();
    assertThat(folder.resolve(file)).hasSize(after);
    assertThat((double) after / before).isBetween(0.5, 0.52);
    assertThat(before).isEqualTo(bytes("float32.onnx"));
    String data = json.at("/float32/results/0/split").asText();
    assertThat(json.at("/float32/results/0")).isEqualTo(json(evaluate("run", data).out()).get(0));
    assertThat(json.at("/" + half + "/results/0"))
        .isEqualTo(json(evaluate(file, data).out()).get(0))
        .isNotEqualTo(json.at("/float32/results/0"));
  }

  @Test
  void withoutFormatItIsFp16AndWithoutDataOnlySizesArePrinted() {
    AppRun run = assertRuns("export", "lenet5", "--out", "zoo.onnx", "--half");
    assertThat(run.out()).contains("\nfp16 ").doesNotContain("accuracy").doesNotContain("split");
    assertThat(run.err()).contains("note: for the accuracies before and after, add --data DATA\n");
  }

  @Test
  void anExportedFileIsABaseForTransfer() {
    assertRuns("export", "run", "--out", "base.onnx", "--half", "bf16");
    assertRuns(
        "transfer",
        "--base",
        "base.onnx",
        "--data",
        "digits",
        "--epochs",
        "1",
        "--out",
        "transferred",
        "--quiet");
  }

  @Test
  void weightsAloneAreReadByTheirNames() {
    assertRuns("export", "run", "--out", "w.safetensors", "--half", "bf16");
    Weights trained = RunDirectory.trained(folder.resolve("run")).checkpoint().weights();
    assertThat(Safetensors.read(folder.resolve("w.safetensors")))
        .isEqualTo(HalfRounding.of(trained, HalfPrecision.BF16).weights());
    assertRuns("evaluate", "lenet5", "--weights", "w.safetensors", "--data", "digits");
    assertRuns("export", "run", "--out", "wide.safetensors");
    assertThat(Safetensors.read(folder.resolve("wide.safetensors"))).isEqualTo(trained);
  }

  @Test
  void aCheckpointIsAModelButNoRunResumesFromIt() {
    assertRuns("export", "run", "--format", "checkpoint", "--out", "small", "--half");
    Weights trained = RunDirectory.trained(folder.resolve("run")).checkpoint().weights();
    assertThat(RunDirectory.trained(folder.resolve("small")).checkpoint().weights())
        .isEqualTo(HalfRounding.of(trained, HalfPrecision.FP16).weights());
    assertThat(evaluate("small", "test").out()).isEqualTo(evaluateHalf("test"));
    assertThat(fails("train", "--resume", "small")).contains("small is not a run directory");
    assertThat(fails("export", "run", "--format", "checkpoint", "--out", "small"))
        .contains("small is not empty; choose another folder");
    assertThat(RunDirectory.at(folder.resolve("run")).best().checkpoint().weights())
        .isEqualTo(trained);
  }

  @Test
  void weightsThatDoNotFitAreRefusedAndNothingIsWritten() {
    Weights weights = Zoo.find("lenet5").graph().initialWeights(1);
    Tensor bias = weights.tensor("fc1.bias");
    Weights large =
        weights.with(
            Map.of("fc1.bias", Tensor.floats(bias.shape(), buffer -> buffer.put(0, 7e4f))));
    Safetensors.write(folder.resolve("large.safetensors"), large, Map.of());
    assertThat(
            fails(
                "export", "lenet5", "--weights", "large.safetensors", "--out", "l.onnx", "--half"))
        .isEqualTo(
            "error: 'fc1.bias' holds 70000.0, which is beyond the range of fp16; choose bf16, which has the range of float32\n");
    assertThat(folder.resolve("l.onnx")).doesNotExist();
  }

  @Test
  void dataIsForWhatHalfPrints() {
    assertThat(fails("export", "run", "--out", "x.onnx", "--data", "digits"))
        .contains("--data is for the accuracies that --half prints; add --half");
    assertThat(fails("export", "run", "--out", "x.safetensors", "--pixels"))
        .contains("--pixels is for ONNX files, but x.safetensors is to be a safetensors");
    assertThat(fails("export", "run", "--out", "x.onnx", "--half", "fp8"))
        .contains("--half")
        .contains("fp8");
    assertThat(folder.resolve("x.onnx")).doesNotExist();
  }

  private static long bytes(String name) {
    assertRuns("export", "run", "--out", name);
    return folder.resolve(name).toFile().length();
  }

  private static AppRun evaluate(String model, String split) {
    return assertRuns("evaluate", model, "--data", "digits", "--split", split, "--json");
  }

  private static String evaluateHalf(String split) {
    assertRuns("export", "run", "--out", "same.onnx", "--half");
    return evaluate("same.onnx", split).out();
  }

  private static AppRun assertRuns(String... arguments) {
    AppRun run = AppRun.in(folder, arguments);
    assertThat(run.exitCode()).as(List.of(arguments) + run.err()).isZero();
    return run;
  }

  private static String fails(String... arguments) {
    AppRun run = AppRun.in(folder, arguments);
    assertThat(run.exitCode()).as(List.of(arguments) + run.out()).isEqualTo(2);
    return run.err();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
