package dev.trifocal.apps.onnx;

import static dev.trifocal.layer.Layer.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.AppRun;
import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A published model of another framework learns on")
class FineTuningEndToEndTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j"})
  void withItsFirstLayersFrozen(String backend) {
    String file = mnist().toString();
    String model = "runs/mnist_pytorch1.1_op9-digits-1";
    AppRun trained =
        run(
            "train",
            "--model",
            file,
            "--freeze",
            "conv1,conv2",
            "--epochs",
            "1",
            "--lr",
            "0.001",
            "--schedule",
            "constant",
            "--backend",
            backend);
    assertThat(trained.err()).isEmpty();
    assertThat(run("train", "--resume", model, "--epochs", "2").err()).isEmpty();

    TrainingState last = RunDirectory.at(folder.resolve(model)).last();
    assertThat(last.checkpoint().step()).isEqualTo(10);
    assertOnlyDenseLayersChanged(imported().weights(), last.checkpoint().weights());
    assertThat(loss(run("evaluate", model)))
        .isLessThan(loss(run("evaluate", file, "--data", "digits")));
    assertThat(run("export", model, "--out", "tuned.onnx").exitCode()).isZero();
    assertSameOutputs(model, "tuned.onnx", backend);
  }

  @Test
  void withANewHeadForOtherClasses() throws IOException {
    Files.createDirectory(folder.resolve("three"));
    Tensor noise = noise(Shape.of(90, 1, 28, 28));
    Npy.write(folder.resolve("three/x.npy"), noise);
    Npy.write(
        folder.resolve("three/y.npy"),
        Tensor.of(Shape.of(90), LongStream.range(0, 90).map(i -> i % 3).toArray()));
    AppRun trained =
        run(
            "train",
            "--model",
            mnist().toString(),
            "--data",
            "three",
            "--freeze",
            "all",
            "--epochs",
            "1",
            "--out",
            "run");
    assertThat(trained.err())
        .startsWith(
            "note: mnist_pytorch1.1_op9 has 10 outputs, but the data has 3 classes; everything"
                + " after relu_3 is replaced with a new head\n");
    TrainingState last = RunDirectory.at(folder.resolve("run")).last();
    assertThat(last.checkpoint().graph().trainableShapes())
        .containsOnlyKeys("head.fc.weight", "head.fc.bias");
    Weights before = imported().weights();
    Weights after = last.checkpoint().weights();
    for (String kept : new String[] {"conv1.weight", "conv2.bias", "fc1.weight", "fc1.bias"}) {
      assertThat(after.tensor(kept)).isEqualTo(before.tensor(kept));
    }
    assertThat(after.tensor("head.fc.weight"))
        .isNotEqualTo(last.checkpoint().graph().initialWeights(42).tensor("head.fc.weight"));
  }

  @Test
  void withoutTheSoftmaxAtItsEnd() {
    Graph logits = Zoo.find("lenet5").graph();
    Graph ended = logits.withHead(logits.output(Graph.OUTPUT).path(), v -> v.then(softmax()));
    Weights weights = logits.initialWeights(3);
    OnnxExporter.write(folder.resolve("logits.onnx"), logits, weights, Map.of());
    OnnxExporter.write(folder.resolve("ended.onnx"), ended, weights, Map.of());
    assertThat(run("evaluate", "ended.onnx", "--data", "digits"))
        .isEqualTo(run("evaluate", "logits.onnx", "--data", "digits"));
    AppRun trained = run("train", "--model", "ended.onnx", "--epochs", "1", "--out", "run");
    assertThat(trained.err())
        .isEqualTo(
            "note: ended ends in softmax (Softmax), which is removed because the loss takes"
                + " logits\n");
    assertThat(RunDirectory.at(folder.resolve("run")).last().checkpoint().graph().nodes())
        .extracting(node -> node.layer().kind())
        .endsWith("Dense")
        .doesNotContain("Softmax");
  }

  @Test
  void aNetworkOfTheZooGetsANewHeadToo() {
    AppRun trained =
        run(
            "train",
            "--model",
            "mnist-cnn",
            "--head",
            "auto",
            "--freeze",
            "all",
            "--epochs",
            "1",
            "--out",
            "run");
    assertThat(trained.err()).isEmpty();
    assertThat(RunDirectory.at(folder.resolve("run")).last().checkpoint().graph().trainableShapes())
        .containsOnlyKeys("head.fc.weight", "head.fc.bias");
  }

  private void assertSameOutputs(String model, String exported, String backend) {
    Npy.write(folder.resolve("x.npy"), noise(Shape.of(2, 1, 28, 28)));
    run("run", model, "--input", "x.npy", "--output", "a.npy", "--backend", backend);
    run("run", exported, "--input", "x.npy", "--output", "b.npy", "--backend", "onnx");
    MaxDeviation.require(
        exported, Npy.read(folder.resolve("b.npy")), Npy.read(folder.resolve("a.npy")), 1e-5);
  }

  private static void assertOnlyDenseLayersChanged(Weights before, Weights after) {
    for (String name : before.tensors().keySet()) {
      if (name.startsWith("conv")) {
        assertThat(after.tensor(name)).as(name).isEqualTo(before.tensor(name));
      } else {
        assertThat(after.tensor(name)).as(name).isNotEqualTo(before.tensor(name));
      }
    }
    assertThat(after.tensors()).hasSameSizeAs(before.tensors());
  }

  private static double loss(AppRun evaluated) {
    Matcher line = Pattern.compile("test +\\d+ +([0-9.]+)").matcher(evaluated.out());
    assertThat(line.find()).as(evaluated.toString()).isTrue();
    return Double.parseDouble(line.group(1));
  }

  private static Tensor noise(Shape shape) {
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (i * 31 % 97) / 97f);
          }
        });
  }

  private static ImportedGraph imported() {
    return (ImportedGraph) OnnxImporter.read(mnist(), ImportOptions.DEFAULT);
  }

  private static Path mnist() {
    return PublishedFiles.folder().resolve("onnx-cases/mnist_pytorch1.1_op9.onnx").toAbsolutePath();
  }

  private AppRun run(String... arguments) {
    return AppRun.in(folder, arguments);
  }
}
