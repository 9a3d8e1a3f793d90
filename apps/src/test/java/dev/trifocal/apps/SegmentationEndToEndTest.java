package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.data.Splits;
import dev.trifocal.datasets.shapes.ShapesDataset;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.metric.MeanIou;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Objective;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.zoo.ModelOptions;
import dev.trifocal.zoo.Zoo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Networks learn a class for each pixel")
class SegmentationEndToEndTest {
  private static final Shape IMAGE = Shape.of(3, 64, 64);

  @TempDir Path folder;

  @Test
  void theThreeEnginesLearnTheSameFromTheSameScenes() {
    Graph unet = Zoo.find("unet").graph(IMAGE, new ModelOptions(7, 1.0 / 4));
    List<EpochRecord> onnx = history("onnx", unet, 2, splits(24, 8), 1e-3);
    for (String backend : List.of("djl", "dl4j")) {
      List<EpochRecord> other = history(backend, unet, 2, splits(24, 8), 1e-3);
      for (int epoch = 0; epoch < 2; epoch++) {
        for (String value : List.of("loss", "val_loss", "mean_iou", "val_mean_iou")) {
          assertThat(other.get(epoch).metrics().get(value))
              .as("%s of epoch %d on %s", value, epoch + 1, backend)
              .isCloseTo(onnx.get(epoch).metrics().get(value), within(2e-3));
        }
      }
    }
  }

  @Test
  void theUsualLossIgnoresVoidPixels() {
    Graph linear = Graph.build("linear", IMAGE, x -> x.then(Layer.conv(7, 1)));
    TrainingResult result =
        Trainer.on(Backends.get("onnx")).epochs(1).batchSize(2).fit(linear, splits(2, 2));
    assertThat(result.last().plan().objectives())
        .extracting(Objective::loss)
        .containsExactly(new SoftmaxCrossEntropy().ignoreIndex(ShapesDataset.VOID));
  }

  /** A network that sees one pixel at a time can only learn colours. */
  @Test
  void coloursAloneDoNotTellTheClasses() {
    Graph linear = Graph.build("linear", IMAGE, x -> x.then("conv", Layer.conv(7, 1)));
    List<EpochRecord> history = history("onnx", linear, 30, splits(64, 64), 0.1);
    double best = history.get(history.size() - 1).metrics().get("val_mean_iou");
    assertThat(best).isBetween(0.2, 0.6);
  }

  @Test
  void trainingEvaluatingAndResumingNeedNoOptionsBesidesTheNetworkAndTheData() {
    AppRun run =
        AppRun.in(
            folder,
            "train",
            "--model",
            "unet",
            "--width",
            "0.0625",
            "--data",
            "shapes",
            "--epochs",
            "1",
            "--backend",
            "onnx",
            "--out",
            "run");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("split", "mean_iou", "accuracy", "validation", "test");
    assertThat(run.err() + run.out()).contains("try it: ./trifocal evaluate ");
    assertThat(RunDirectory.trained(folder.resolve("run")).plan().objectives())
        .extracting(Objective::loss)
        .as("void pixels are ignored")
        .containsExactly(new SoftmaxCrossEntropy().ignoreIndex(ShapesDataset.VOID));
    AppRun evaluated = AppRun.in(folder, "evaluate", "run");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("mean_iou");
    AppRun resumed = AppRun.in(folder, "train", "--resume", "run", "--epochs", "2");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
  }

  @Test
  void aClassifierIsRefused() {
    AppRun run = AppRun.in(folder, "train", "--model", "resnet18", "--data", "shapes");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("resnet18 outputs [7], scores of the whole image")
        .contains("use a network for segmentation, such as unet");
  }

  private static Splits splits(int train, int validation) {
    return new Splits(
        new ShapesDataset("train", 1, train),
        new ShapesDataset("validation", 1, validation),
        new ShapesDataset("test", 1, 4));
  }

  private static List<EpochRecord> history(
      String backend, Graph graph, int epochs, Splits splits, double rate) {
    TrainingResult result =
        Trainer.on(Backends.get(backend))
            .epochs(epochs)
            .batchSize(8)
            .seed(3)
            .optimizer(Adam.of(rate))
            .metrics(new MeanIou(Graph.OUTPUT))
            .fit(graph, splits);
    return result.last().progress().history();
  }
}
