package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.ModelOptions;
import dev.trifocal.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Weights from a file go into a network of the zoo by name")
class WeightsFileTest {
  @TempDir Path folder;

  @Test
  void aWholeFileIsTakenAndBatchCountsAreOverlooked() throws IOException {
    Map<String, Tensor> tensors = lenet(7);
    tensors.put("bn1.num_batches_tracked", Tensor.of(Shape.of(), new long[] {3}));
    write(tensors);
    AppRun given = export("--weights", "w.safetensors");
    assertThat(given.err()).isEmpty();
    assertThat(given.exitCode()).isZero();
    byte[] loaded = Files.readAllBytes(folder.resolve("net.onnx"));
    assertThat(export("--seed", "7").err())
        .isEqualTo("note: lenet5 is untrained; its weights are initial values from seed 7\n");
    assertThat(loaded).isEqualTo(Files.readAllBytes(folder.resolve("net.onnx")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.", "model.", "_orig_mod.", "module._orig_mod."})
  void wrappersBeforeAllNamesAreOverlooked(String wrapper) throws IOException {
    Map<String, Tensor> wrapped = new LinkedHashMap<>();
    lenet(7).forEach((name, tensor) -> wrapped.put(wrapper + name, tensor));
    write(wrapped);
    AppRun given = export("--weights", "w.safetensors");
    assertThat(given.err()).isEmpty();
    byte[] loaded = Files.readAllBytes(folder.resolve("net.onnx"));
    export("--seed", "7");
    assertThat(loaded).isEqualTo(Files.readAllBytes(folder.resolve("net.onnx")));
  }

  @Test
  void doublesAreRoundedToFloats() throws IOException {
    Map<String, Tensor> doubles = new LinkedHashMap<>();
    lenet(7).forEach((name, tensor) -> doubles.put(name, doubled(tensor)));
    write(doubles);
    AppRun given = export("--weights", "w.safetensors");
    assertThat(given.err()).isEmpty();
    byte[] loaded = Files.readAllBytes(folder.resolve("net.onnx"));
    export("--seed", "7");
    assertThat(loaded).isEqualTo(Files.readAllBytes(folder.resolve("net.onnx")));
  }

  private static Tensor doubled(Tensor tensor) {
    return Tensor.make(
        tensor.shape(),
        DataType.FLOAT64,
        target -> {
          for (float value : tensor.toFloats()) {
            target.putDouble(value);
          }
        });
  }

  @Test
  void aFileForOtherClassesBringsTheirNumber() throws IOException {
    Graph three = Zoo.find("lenet5").graph(Shape.of(1, 28, 28), ModelOptions.of(3));
    Weights weights = three.initialWeights(7);
    write(weights.tensors());
    AppRun given = export("--weights", "w.safetensors");
    assertThat(given.err()).isEmpty();
    AppRun head = AppRun.in(folder, "summary", "net.onnx", "--json");
    assertThat(head.out()).contains("\"fc3\"").contains("252");
    AppRun trained =
        AppRun.in(
            folder,
            "train --model lenet5 --weights w.safetensors --head auto --freeze all --epochs 1 --out run"
                .split(" "));
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(Safetensors.read(folder.resolve("run/best/weights.safetensors")).tensor("fc2.bias"))
        .isEqualTo(weights.tensor("fc2.bias"));
  }

  @Test
  void weightsThatAreNotFiniteAreExportedWithANote() throws IOException {
    Map<String, Tensor> tensors = lenet(7);
    float[] broken = new float[84];
    broken[3] = Float.NaN;
    tensors.put("fc2.bias", Tensor.of(Shape.of(84), broken));
    write(tensors);
    AppRun given = export("--weights", "w.safetensors");
    assertThat(given.err())
        .isEqualTo(
            "note: 1 of the weights of lenet5 are not finite; the first is fc2.bias, which holds"
                + " NaN\n");
    assertThat(given.exitCode()).isZero();
  }

  @Test
  void allDifferencesComeTogether() throws IOException {
    write(different());
    AppRun run = export("--weights", "w.safetensors");
    assertThat(run.err().replace(folder.toString(), "FOLDER"))
        .isEqualTo(
            "error: lenet5: weights of FOLDER/w.safetensors do not match. missing: conv1.bias;"
                + " fc2.bias. unexpected: fc4.bias. wrong shape: fc3.weight [2, 84], expected [10,"
                + " 84]. wrong type: fc1.bias INT64, expected FLOAT32. To load only the matching"
                + " ones, use --partial\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("net.onnx")).doesNotExist();
  }

  @Test
  void aPartialFileGivesWhatFitsAndSaysWhatNot() throws IOException {
    write(different());
    AppRun run = export("--weights", "w.safetensors", "--partial");
    assertThat(run.err().replace(folder.toString(), "FOLDER"))
        .isEqualTo(
            "note: lenet5: 6 of 10 weights are from FOLDER/w.safetensors. missing: conv1.bias;"
                + " fc2.bias. unexpected: fc4.bias. wrong shape: fc3.weight [2, 84], expected [10,"
                + " 84]. wrong type: fc1.bias INT64, expected FLOAT32. The others keep their"
                + " initial values from seed 42\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aFileOfWhichNothingFitsIsRefusedEvenInPart() throws IOException {
    write(Map.of("stem.weight", Tensor.of(Shape.of(1), new float[] {1})));
    AppRun run = export("--weights", "w.safetensors", "--partial");
    assertThat(run.err().replace(folder.toString(), "FOLDER"))
        .startsWith("error: lenet5: none of its 10 weights are in FOLDER/w.safetensors. missing:")
        .contains("unexpected: stem.weight");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void weightsOfAuxiliaryHeadsAreOverlookedWhereThereAreNone() throws IOException {
    var model = Zoo.find("googlenet-bn");
    var whole = model.trainingGraph(model.input(), model.options()).graph();
    write(whole.initialWeights(1).tensors());
    AppRun run =
        AppRun.in(
            folder, "export", "googlenet-bn", "--weights", "w.safetensors", "--out", "net.onnx");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aTrainingBeginsWithThemAndRecordsThem() throws IOException {
    write(lenet(7));
    AppRun run =
        AppRun.in(
            folder,
            "train",
            "--weights",
            "w.safetensors",
            "--epochs",
            "1",
            "--lr",
            "1e-30",
            "--schedule",
            "constant",
            "--out",
            "run");
    assertThat(run.err()).isEmpty();
    assertThat(Files.readString(folder.resolve("run/trifocal.conf")))
        .contains("w.safetensors")
        .contains("partial = false");
    Weights trained = Safetensors.read(folder.resolve("run/last/weights.safetensors"));
    assertThat(trained.tensor("fc1.weight")).isEqualTo(lenet(7).get("fc1.weight"));
    assertThat(AppRun.in(folder, "evaluate", "run", "--weights", "w.safetensors").err())
        .isEqualTo(
            "error: run is a run directory with its own network and weights; --weights applies only"
                + " to zoo models\n");
  }

  @Test
  void rawTensorsGoThroughThem() throws IOException {
    write(lenet(7));
    Npy.write(folder.resolve("x.npy"), Tensor.of(Shape.of(1, 1, 28, 28), new float[784]));
    AppRun run =
        AppRun.in(
            folder,
            "run",
            "lenet5",
            "--weights",
            "w.safetensors",
            "--input",
            "x.npy",
            "--output",
            "y.npy");
    assertThat(run.err()).isEmpty();
    assertThat(Npy.read(folder.resolve("y.npy")).shape()).isEqualTo(Shape.of(1, 10));
  }

  private AppRun export(String... flags) {
    String[] all = new String[flags.length + 4];
    System.arraycopy(new String[] {"export", "lenet5", "--out", "net.onnx"}, 0, all, 0, 4);
    System.arraycopy(flags, 0, all, 4, flags.length);
    return AppRun.in(folder, all);
  }

  private static Map<String, Tensor> different() {
    Map<String, Tensor> tensors = lenet(7);
    tensors.remove("conv1.bias");
    tensors.remove("fc2.bias");
    tensors.put("fc1.bias", Tensor.of(Shape.of(120), new long[120]));
    tensors.put("fc3.weight", Tensor.of(Shape.of(2, 84), new float[168]));
    tensors.put("fc4.bias", Tensor.of(Shape.of(1), new float[1]));
    return tensors;
  }

  private static Map<String, Tensor> lenet(long seed) {
    return new LinkedHashMap<>(Zoo.find("lenet5").graph().initialWeights(seed).tensors());
  }

  private void write(Map<String, Tensor> tensors) {
    Safetensors.write(folder.resolve("w.safetensors"), new Weights(tensors), Map.of());
  }
}
