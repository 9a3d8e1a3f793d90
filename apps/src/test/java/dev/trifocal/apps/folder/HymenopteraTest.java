package dev.trifocal.apps.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.AppRun;
import dev.trifocal.apps.onnx.PublishedFiles;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.ModelFileRunner;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Dataset;
import dev.trifocal.datasets.folder.ImageFolder;
import dev.trifocal.datasets.folder.ImageOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.selection.Backends;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.transfer.TransferTrainer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("MobileNetV2 learns to tell ants from bees")
class HymenopteraTest {
  /** Of 153 pictures, some ants of which are not to be seen. */
  private static final double ENOUGH = 0.93;

  @TempDir Path folder;

  @Test
  void andItsFileSaysTheSameOfEveryPictureAsTheRunThatItCameFrom() {
    Path assets = PublishedFiles.folder();
    String base = assets.resolve("models/mobilenet_v2_1.0_224.onnx").toString();
    String data = assets.resolve("hymenoptera").toString();
    AppRun trained =
        AppRun.in(
            folder,
            "transfer",
            "--base",
            base,
            "--data",
            data,
            "--size",
            "224",
            "--fine-tune-epochs",
            "1",
            "--fine-tune-last",
            "4",
            "--out",
            "run");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    TrainingState last = RunDirectory.at(folder.resolve("run")).last();
    assertThat(frozen(last)).isGreaterThanOrEqualTo(ENOUGH);
    Checkpoint best = RunDirectory.at(folder.resolve("run")).best().inference().checkpoint();
    Dataset images = images(assets, best.graph());
    assertThat(images.size()).isEqualTo(153);
    String input = best.graph().inputs().get(0).path();
    try (Program run = backend().compile(best.graph(), best.weights(), RunOptions.DEFAULT);
        Program file = runner().open(folder.resolve("run/model.onnx"), RunOptions.DEFAULT)) {
      for (int i = 0; i < images.size(); i++) {
        Tensor image = images.batch(new int[] {i}).input();
        Tensor expected = run.run(Map.of(input, image)).get(Graph.OUTPUT);
        Tensor actual = file.run(Map.of(input, image)).get(Graph.OUTPUT);
        MaxDeviation.require("picture " + i, actual, expected, 1e-5);
      }
    }
  }

  private static double frozen(TrainingState last) {
    List<EpochRecord> history = last.progress().history();
    int epochs = TransferTrainer.frozenEpochs(last.progress()).orElseThrow();
    return history.subList(0, epochs).stream()
        .map(epoch -> epoch.metrics().get("val_accuracy"))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Dataset images(Path assets, Graph graph) {
    ImagePreprocessor preprocessor =
        new ImagePreprocessor(
            Preprocessing.SYMMETRIC.shorterSide(224), graph.inputs().get(0).shape());
    return ImageFolder.scan(assets.resolve("hymenoptera"))
        .splits(ImageOptions.of(preprocessor), 42)
        .validation()
        .orElseThrow();
  }

  private static Backend backend() {
    return Backends.get("onnx");
  }

  private static ModelFileRunner runner() {
    return Backends.provider("onnx").fileRunner().orElseThrow();
  }
}
