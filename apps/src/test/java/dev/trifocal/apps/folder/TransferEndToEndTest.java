package dev.trifocal.apps.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.AppRun;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.ModelOptions;
import dev.trifocal.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A pretrained network learns the classes of a folder of pictures")
class TransferEndToEndTest {
  @TempDir Path folder;

  private Weights pretrained;

  @BeforeEach
  void aBaseAndImages() {
    Graph base =
        Zoo.find("mobilenet-v2").graph(Shape.of(3, 32, 32), ModelOptions.of(1000).width(0.25));
    pretrained = base.initialWeights(1);
    OnnxExporter.write(folder.resolve("base.onnx"), base, pretrained, Map.of());
    FruitFolder.in(folder.resolve("fruits"), 20, 5, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j"})
  void onEveryEngineFromTheFirstCommandToAFileThatKnowsItsClasses(String backend) {
    AppRun trained = transfer("--backend", backend, "--fine-tune-epochs", "1");
    assertThat(trained.err())
        .startsWith("note: ")
        .contains(
            "base.onnx does not specify its preprocessing; assuming --preprocessing symmetric\n"
                + "note: only ")
        .hasLineCount(2);
    assertThat(trained.out()).contains("base frozen").contains("fine-tuning").contains("report: ");
    String image = folder.resolve("fruits/test/plum/001.png").toString();
    assertThat(run("predict", "run", image).out()).contains("plum");
    assertThat(run("export", "run", "--pixels", "--out", "fruits.onnx").exitCode()).isZero();
    assertThat(run("predict", "fruits.onnx", image, "--json").out())
        .contains("\"class\" : \"plum\"");
    for (String name :
        List.of("report.html", "history.json", "history.csv", "trifocal.conf", "model.onnx")) {
      assertThat(folder.resolve("run").resolve(name)).isNotEmptyFile();
    }
  }

  @Test
  void withTheHeadAloneTheBaseKeepsItsWeightsBitByBit() {
    transfer("--fine-tune-epochs", "0");
    Weights after = state().checkpoint().weights();
    Set<String> same =
        after.tensors().keySet().stream()
            .filter(name -> after.tensor(name).equals(pretrained.tensors().get(name)))
            .collect(Collectors.toSet());
    assertThat(same).isEqualTo(kept(after, "head."));
  }

  @Test
  void fineTunedFromABlockOnNothingBeforeItChanges() {
    transfer("--fine-tune-epochs", "1", "--fine-tune-from", "features.17");
    Weights after = state().checkpoint().weights();
    Set<String> same =
        after.tensors().keySet().stream()
            .filter(name -> after.tensor(name).equals(pretrained.tensors().get(name)))
            .collect(Collectors.toSet());
    assertThat(same).isEqualTo(kept(after, "head.", "features.17.", "features.18."));
  }

  @Test
  void itSavesReloadsAndEvaluatesToTheSameFigures() {
    String printed = transfer("--fine-tune-epochs", "1").out();
    String again = run("evaluate", "run").out();
    assertThat(printed).contains(again.lines().filter(l -> l.startsWith("test ")).toList());
    assertThat(again.lines().filter(l -> l.startsWith("test ")).toList()).hasSize(1);
    assertThat(run("evaluate", "run/model.onnx", "--data", "fruits").out()).isEqualTo(again);
  }

  @Test
  void finishedItGoesOnOnlyWithMoreFineTuning() {
    transfer("--fine-tune-epochs", "1");
    assertThat(run("transfer", "--resume", "run").err())
        .endsWith(
            "has completed its 1 epochs of fine-tuning; to train further, request more, for example"
                + " --fine-tune-epochs 2\n");
    assertThat(run("train", "--resume", "run", "--stacktrace").exitCode()).isEqualTo(2);
    AppRun more = run("transfer", "--resume", "run", "--fine-tune-epochs", "2");
    assertThat(more.exitCode()).isZero();
    assertThat(state().progress().history()).hasSize(4);
  }

  @Test
  void aRateIsFoundWithoutTrainingAnything() {
    AppRun found =
        run("transfer", "--base", "base.onnx", "--data", "fruits", "--find-lr", "--out", "rates");
    assertThat(found.exitCode()).as(found.err()).isZero();
    assertThat(found.out()).contains("smoothed").contains("--lr ");
    assertThat(folder.resolve("rates/find-lr.csv")).isNotEmptyFile();
    assertThat(folder.resolve("rates/find-lr.png")).isNotEmptyFile();
    assertThat(folder.resolve("rates/trifocal.conf")).doesNotExist();
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void whatCannotBeFineTunedIsNamedBeforeAnythingIsTrained() {
    AppRun refused =
        run(
            "transfer",
            "--base",
            "base.onnx",
            "--data",
            "fruits",
            "--fine-tune-from",
            "features.99");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("error: base has no layer features.99 for --fine-tune-from")
        .endsWith("; 'trifocal summary MODEL --json' lists all paths\n");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aSizeThatTheBaseCannotReadIsRefusedBeforeAnythingIsWritten() {
    Graph fixed = Zoo.find("lenet5").graph();
    OnnxExporter.write(folder.resolve("fixed.onnx"), fixed, fixed.initialWeights(1), Map.of());
    AppRun refused =
        run("transfer", "--base", "fixed.onnx", "--data", "fruits", "--size", "40", "--out", "run");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .endsWith(
            "fixed.onnx only takes images of [1, 28, 28], but --size and --channels request [1, 40,"
                + " 40]; omit these options, or export the network with dynamic height and"
                + " width\n");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aBaseThatReadsNoPicturesIsRefused() {
    Graph flat = Graph.build("flat", Shape.of(6), x -> x.then("fc", Layer.dense(3)));
    OnnxExporter.write(folder.resolve("flat.onnx"), flat, flat.initialWeights(1), Map.of());
    for (String command : List.of("transfer --base", "train --model", "evaluate")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of("flat.onnx", "--data", "fruits", "--stacktrace"));
      AppRun refused = run(words.toArray(String[]::new));
      assertThat(refused.exitCode()).as(command).isEqualTo(2);
      assertThat(refused.err())
          .contains(
              "flat.onnx takes [6], but images are [channels, height, width]; use a folder with"
                  + " x.npy and y.npy as its data");
    }
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aModelOfTheZooBringsItsWeightsInAFile() {
    Graph base =
        Zoo.find("mobilenet-v2").graph(Shape.of(3, 32, 32), ModelOptions.of(1000).width(0.25));
    Safetensors.write(folder.resolve("w.safetensors"), base.initialWeights(1), Map.of());
    AppRun trained =
        run(
            "transfer",
            "--base",
            "mobilenet-v2",
            "--width",
            "0.25",
            "--weights",
            "w.safetensors",
            "--size",
            "32",
            "--data",
            "fruits",
            "--epochs",
            "1",
            "--fine-tune-epochs",
            "0",
            "--augment",
            "flip,mixup=0.2",
            "--out",
            "run");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(state().checkpoint().graph().trainableShapes())
        .containsOnlyKeys("head.fc.weight", "head.fc.bias");
    assertThat(state().checkpoint().weights().tensor("features.0.0.weight"))
        .isEqualTo(base.initialWeights(1).tensor("features.0.0.weight"));
  }

  @Test
  void aModelOfTheZooNeedsWeights() {
    AppRun refused =
        run("transfer", "--base", "mobilenet-v2", "--weights", "none", "--data", "fruits");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "error: mobilenet-v2 is untrained, so there is nothing to transfer; specify its weights"
                + " with --weights published or --weights FILE, or use an .onnx file with --base"
                + " FILE\n");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  private static Set<String> kept(Weights weights, String... changed) {
    return weights.tensors().keySet().stream()
        .filter(name -> List.of(changed).stream().noneMatch(name::startsWith))
        .collect(Collectors.toSet());
  }

  private TrainingState state() {
    return RunDirectory.at(folder.resolve("run")).last();
  }

  private AppRun transfer(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("transfer", "--base", "base.onnx", "--data", "fruits", "--out", "run"));
    words.addAll(List.of("--epochs", "2", "--batch-size", "8"));
    words.addAll(List.of(more));
    AppRun result = run(words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private AppRun run(String... words) {
    return AppRun.in(folder, words);
  }
}
