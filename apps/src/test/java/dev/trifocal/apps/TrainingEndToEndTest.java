package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.RunDirectory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("A trained run")
class TrainingEndToEndTest {
  @TempDir static Path folder;
  private AppRun trained;

  @BeforeAll
  void train() {
    trained = AppRun.in(folder, "train", "--epochs", "2", "--batch-size", "32", "--threads", "1");
  }

  @Test
  void leavesEverythingInItsFolder() throws IOException {
    assertThat(trained.err()).isEmpty();
    assertThat(trained.exitCode()).isZero();
    Path run = folder.resolve("runs/lenet5-digits-1");
    for (String name :
        List.of(
            "trifocal.conf",
            "model.onnx",
            "last/state.json",
            "best/graph.json",
            "report.html",
            "curves.png",
            "confusion.png",
            "predictions.png")) {
      assertThat(run.resolve(name)).isNotEmptyFile();
    }
    JsonNode history = new JsonMapper().readTree(run.resolve("history.json").toFile());
    assertThat(history.findValuesAsText("epoch")).containsExactly("1", "2");
    assertThat(history.at("/1/val_accuracy").isNumber()).isTrue();
  }

  @Test
  void isReportedInPlainLines() {
    assertThat(trained.out())
        .startsWith("lenet5 on digits: 61,706 parameters, 320 training samples, 100 validation")
        .contains("\nepoch 1/2  step 1/10  loss ")
        .contains("\nepoch 1/2  step 9/10  loss ")
        .containsPattern("\nepoch 2/2  loss [0-9.]+  accuracy [0-9.]+  val_loss ")
        .endsWith("/runs/lenet5-digits-1 IMAGE\n")
        .doesNotContain("\r");
  }

  @Test
  void isEvaluatedToTheDigitsThatTrainingPrinted() {
    AppRun evaluated = AppRun.in(folder, "evaluate", "runs/lenet5-digits-1");
    assertThat(evaluated.exitCode()).isZero();
    assertThat(evaluated.out().lines()).hasSize(3);
    assertThat(trained.out()).contains(evaluated.out());
  }

  @Test
  void isReportedOnAsAPageWithTheAccuracyThatWasPrinted() throws IOException {
    Document page = Jsoup.parse(folder.resolve("runs/lenet5-digits-1/report.html").toFile());
    assertThat(trained.out()).contains("\nreport: ").contains("lenet5-digits-1/report.html\n");
    assertThat(page.title()).isEqualTo("lenet5 on digits");
    double accuracy = 0;
    for (int digit = 0; digit < 10; digit++) {
      Elements row = page.select(".confusion tbody tr").get(digit).select("td");
      accuracy += Integer.parseInt(row.get(digit).text()) / 100.0;
    }
    assertThat(trained.out()).contains("  %.6f\n".formatted(accuracy));
    assertThat(page.select(".gallery img.small")).hasSizeBetween(24, 48);
  }

  @Test
  void isReportedOnWhenEvaluated() throws IOException {
    Path report = folder.resolve("evaluated");
    AppRun evaluated =
        AppRun.in(
            folder,
            "evaluate",
            "runs/lenet5-digits-1",
            "--split",
            "test",
            "--report",
            report.toString());
    assertThat(evaluated.exitCode()).isZero();
    assertThat(evaluated.err()).isEqualTo("report: " + report.resolve("report.html") + "\n");
    Document page = Jsoup.parse(report.resolve("report.html").toFile());
    assertThat(page.select("svg")).isEmpty();
    assertThat(page.text()).contains("actual classes of the 100 samples of test");
    assertThat(report.resolve("confusion.png")).isNotEmptyFile();
  }

  @Test
  void evaluatesInJsonWithOneSplit() throws IOException {
    AppRun evaluated =
        AppRun.in(folder, "evaluate", "runs/lenet5-digits-1", "--split", "test", "--json");
    JsonNode json = new JsonMapper().readTree(evaluated.out());
    assertThat(json).hasSize(1);
    assertThat(json.at("/0/split").asText()).isEqualTo("test");
    assertThat(json.at("/0/samples").asInt()).isEqualTo(100);
    assertThat(trained.out()).contains("%.6f".formatted(json.at("/0/loss").asDouble()));
  }

  @Test
  void classifiesAImage() throws IOException {
    BufferedImage image = new BufferedImage(50, 60, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", folder.resolve("a.png").toFile());
    AppRun predicted =
        AppRun.in(folder, "predict", "runs/lenet5-digits-1", "a.png", "--top", "3", "--json");
    assertThat(predicted.err()).isEmpty();
    JsonNode json = new JsonMapper().readTree(predicted.out());
    assertThat(json.at("/0/image").asText()).isEqualTo("a.png");
    assertThat(json.at("/0/classes")).hasSize(3);
    AppRun inverted =
        AppRun.in(folder, "predict", "runs/lenet5-digits-1", "a.png", "--top", "3", "--invert");
    assertThat(inverted.out()).containsPattern("a\\.png +[0-9] +0\\.[0-9]{4}");
  }

  @Test
  void runsOnRawNumbers() {
    Tensor samples = Tensor.floats(Shape.of(7, 1, 28, 28), buffer -> buffer.put(5, 0.5f));
    Npy.write(folder.resolve("x.npy"), samples);
    AppRun run =
        AppRun.in(folder, "run", "runs/lenet5-digits-1", "--input", "x.npy", "--output", "y.npy");
    assertThat(run.out()).isEqualTo("x.npy FLOAT32[7, 1, 28, 28] -> y.npy FLOAT32[7, 10]\n");
    float[] logits = Npy.read(folder.resolve("y.npy")).toFloats();
    assertThat(logits[0]).isNotEqualTo(logits[10]);
    assertThat(logits[20]).isEqualTo(logits[10]);
  }

  @Test
  void thatDivergesSaysAtWhichStepAndLeavesNoModel() {
    AppRun run =
        AppRun.in(
            folder,
            "train",
            "--optimizer",
            "sgd",
            "--lr",
            "1e38",
            "--schedule",
            "constant",
            "--out",
            "diverged");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: lenet5: ").contains("step").contains("--lr");
    assertThat(folder.resolve("diverged/model.onnx")).doesNotExist();
  }

  @Test
  void isNotTrainedOver() {
    AppRun again = AppRun.in(folder, "train", "--out", "runs/lenet5-digits-1");
    assertThat(again.err()).contains("already holds a run; resume it with --resume");
    assertThat(again.exitCode()).isEqualTo(2);
  }

  @Test
  void isFinishedAndSaysHowToGoOn() {
    AppRun again = AppRun.in(folder, "train", "--resume", "runs/lenet5-digits-1");
    assertThat(again.err())
        .contains(
            "has completed its 2 epochs; to train further, request more, for example --epochs 4");
    assertThat(again.exitCode()).isEqualTo(2);
  }

  @Test
  void keepsTheSettingsItWasStartedWith() {
    AppRun again =
        AppRun.in(folder, "train", "--resume", "runs/lenet5-digits-1", "--lr", "1", "--seed", "7");
    assertThat(again.err())
        .contains("seed was 42 and is now 7; lr was 0.002 and is now 1.0. Omit these options");
    assertThat(again.exitCode()).isEqualTo(2);
  }

  @Test
  void goesOnToMoreEpochs(@TempDir Path other) {
    AppRun first = AppRun.in(other, "train", "--epochs", "1", "--out", "a", "--threads", "1");
    assertThat(first.exitCode()).isZero();
    AppRun second = AppRun.in(other, "train", "--resume", "a", "--epochs", "2");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains("resuming after step 5").contains("epoch 2/2");
    assertThat(RunDirectory.at(other.resolve("a")).last().progress().history()).hasSize(2);
  }

  @Test
  void exportsItsBestWeights() throws IOException {
    AppRun exported = AppRun.in(folder, "export", "runs/lenet5-digits-1", "--out", "exported.onnx");
    assertThat(exported.out()).isEqualTo("exported.onnx written\n");
    assertThat(Files.size(folder.resolve("exported.onnx")))
        .isEqualTo(Files.size(folder.resolve("runs/lenet5-digits-1/model.onnx")));
  }
}
