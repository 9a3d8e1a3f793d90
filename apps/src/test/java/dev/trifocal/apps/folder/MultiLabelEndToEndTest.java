package dev.trifocal.apps.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.apps.AppRun;
import dev.trifocal.vision.Classification;
import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.vision.Prediction;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dark pictures with a red square, a green one, both or none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Pictures with any number of labels")
class MultiLabelEndToEndTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int COUNT = 120;
  private static final int SIDE = 28;

  @TempDir static Path folder;
  private AppRun trained;

  @BeforeAll
  void train() throws IOException {
    StringBuilder listed = new StringBuilder("file,labels\n");
    StringBuilder columns = new StringBuilder("image_id,green,red\n");
    for (int i = 0; i < COUNT; i++) {
      boolean red = i % 2 == 1;
      boolean green = i / 2 % 2 == 1;
      String name = "%03d.png".formatted(i);
      write(folder.resolve("listed/" + name), i, red, green);
      write(folder.resolve("columns/" + name), i, red, green);
      write(
          folder.resolve("nested/%s%s".formatted(red ? "red/" : "", green ? "green/" : "") + name),
          i,
          red,
          green);
      String labels = red ? green ? "red|green" : "red" : green ? "green" : "";
      listed.append("%s,%s\n".formatted(name, labels));
      columns.append("%03d,%d,%d\n".formatted(i, green ? 1 : 0, red ? 1 : 0));
    }
    Files.writeString(folder.resolve("listed/labels.csv"), listed);
    Files.writeString(folder.resolve("columns/labels.csv"), columns);
    trained = AppRun.in(folder, training("--data", "listed", "--out", "run", "--epochs", "6"));
  }

  @Test
  void aTrainingReportsEachClass() throws IOException {
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("val_f1", "average precision");
    assertThat(Files.readString(folder.resolve("run/trifocal.conf")))
        .contains("multi-label = true");
    assertThat(Files.readString(folder.resolve("run/report.html")))
        .contains("average precision", "Correct predictions")
        .doesNotContain("Confusion matrix");
    assertThat(folder.resolve("run/confusion.png")).doesNotExist();
  }

  @Test
  void anEvaluationHasTheAveragePrecisionOfEachClass() throws JsonProcessingException {
    AppRun table = AppRun.in(folder, "evaluate", "run", "--split", "test");
    assertThat(table.err()).isEmpty();
    assertThat(table.out())
        .containsPattern("split +samples +loss +f1")
        .containsPattern("test +average precision +precision +recall +f1 +images")
        .containsPattern("green +1\\.0000 +1\\.0000 +1\\.0000 +1\\.0000");

    JsonNode json =
        JSON.readTree(AppRun.in(folder, "evaluate", "run", "--split", "test", "--json").out());
    assertThat(json.get(0).get("mean_average_precision").asDouble()).isEqualTo(1);
    assertThat(json.get(0).get("classes")).hasSize(2);
    assertThat(json.get(0).get("classes").get(1).get("class").asText()).isEqualTo("red");
  }

  @ParameterizedTest
  @ValueSource(strings = {"columns", "nested"})
  void theExportedFileGivesTheSameOnOtherFormsOfTheSameData(String data)
      throws JsonProcessingException {
    JsonNode run =
        JSON.readTree(AppRun.in(folder, "evaluate", "run", "--split", "all", "--json").out());
    AppRun file =
        AppRun.in(
            folder,
            Stream.of("evaluate run/model.onnx --split all --json --multi-label --data", data)
                .flatMap(words -> Stream.of(words.split(" ")))
                .toArray(String[]::new));

    assertThat(file.exitCode()).as(file.err()).isZero();
    JsonNode again = JSON.readTree(file.out());
    if (data.equals("columns")) {
      for (int i = 0; i < run.size(); i++) {
        assertThat(again.get(i).get("samples")).isEqualTo(run.get(i).get("samples"));
        assertThat(again.get(i).get("loss").asDouble())
            .isCloseTo(run.get(i).get("loss").asDouble(), within(1e-6));
        assertThat(again.get(i).get("classes")).isEqualTo(run.get(i).get("classes"));
      }
    } else {
      assertThat(again.get(0).get("mean_average_precision").asDouble()).isEqualTo(1);
    }
  }

  @Test
  void aPredictionAnswersEachClassByItself() throws IOException {
    String both = "listed/003.png";
    AppRun table = AppRun.in(folder, "predict", "run", both, "listed/000.png");
    assertThat(table.out())
        .containsPattern("image +class +probability +predicted")
        .containsPattern("003\\.png +(red|green) +0\\.\\d+ +yes\n +(red|green) +0\\.\\d+ +yes")
        .containsPattern("000\\.png +(red|green) +0\\.\\d+ +no\n");
    AppRun file = AppRun.in(folder, "predict", "run/model.onnx", both, "listed/000.png");
    assertThat(file.out()).isEqualTo(table.out());
    AppRun strict =
        AppRun.in(folder, "predict", "run", both, "--threshold", "1", "--csv", "answers.csv");
    assertThat(strict.out()).doesNotContain("yes");
    assertThat(Files.readAllLines(folder.resolve("answers.csv")))
        .hasSize(3)
        .startsWith("image,rank,class,probability,predicted")
        .last()
        .asString()
        .endsWith(",0");

    try (ImageClassifier classifier = ImageClassifier.load(folder.resolve("run"))) {
      Classification answer = classifier.predict(folder.resolve(both));
      assertThat(classifier.isMultiLabel()).isTrue();
      assertThat(answer.above(0.5))
          .extracting(Prediction::name)
          .containsExactlyInAnyOrder("red", "green");
    }
  }

  @Test
  void aRunResumesAndOtherEnginesLearnTheSame() throws IOException {
    String[] one = training("--data", "listed", "--out", "short", "--epochs", "1");
    assertThat(AppRun.in(folder, one).exitCode()).isZero();
    AppRun on = AppRun.in(folder, "train", "--resume", "short", "--epochs", "2");
    assertThat(on.exitCode()).as(on.err()).isZero();

    double expected = firstLoss("short");
    for (String backend : List.of("djl", "dl4j")) {
      String[] other =
          training("--data", "listed", "--out", backend, "--epochs", "1", "--backend", backend);
      assertThat(AppRun.in(folder, other).exitCode()).isZero();
      assertThat(firstLoss(backend)).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void aPretrainedNetworkGetsAHeadOfIndependentClasses() {
    AppRun transferred =
        AppRun.in(
            folder,
            "transfer --base run/model.onnx --data listed --multi-label --epochs 6"
                .concat(" --fine-tune-epochs 1 --out transferred")
                .split(" "));

    assertThat(transferred.exitCode()).as(transferred.err()).isZero();
    assertThat(AppRun.in(folder, "predict", "transferred", "listed/003.png").out())
        .contains("predicted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--label-smoothing 0.1|--label-smoothing is for one class per image; omit it with",
        "--class-weights balanced|--class-weights is for one class per image; omit it with",
        "--metrics auc|auc is not for multi-label data; use accuracy, precision, recall, f1"
      })
  void whatIsForOneClassIsRefused(String flags, String message) {
    String[] refused =
        Stream.of(training("--data", "listed", "--out", "refused"), flags.split(" "))
            .flatMap(Stream::of)
            .toArray(String[]::new);
    assertThat(AppRun.in(folder, refused))
        .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
        .satisfies(run -> assertThat(run.err()).startsWith("error: " + message).hasLineCount(1));
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  @Test
  void dataAndModelsOfOneClassAreRefused() {
    AppRun digits = AppRun.in(folder, "train", "--multi-label");
    assertThat(digits.err())
        .isEqualTo("error: --multi-label is for image folders, but digits is not one\n");

    FruitFolder.in(folder.resolve("fruits"), 6, 3, 3);
    AppRun one =
        AppRun.in(
            folder,
            "train --data fruits --size 28 --channels 3 --epochs 1 --batch-size 6 --out one"
                .split(" "));
    assertThat(one.exitCode()).as(one.err()).isZero();
    AppRun refused = AppRun.in(folder, "evaluate", "one", "--data", "fruits", "--multi-label");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("one was trained with one class per image; evaluate it without --multi-label");
  }

  private static String[] training(String... more) {
    return Stream.concat(
            Stream.of(
                "train --multi-label --size 28 --channels 3 --batch-size 16 --threads 1"
                    .split(" ")),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static double firstLoss(String run) throws IOException {
    String line = Files.readAllLines(folder.resolve(run + "/steps.jsonl")).get(0);
    return JSON.readTree(line).get("loss").asDouble();
  }

  private static void write(Path file, int number, boolean red, boolean green) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(new Color(number % 40, number % 40, number % 40));
      graphics.fillRect(0, 0, SIDE, SIDE);
      square(graphics, red, Color.RED, number);
      square(graphics, green, Color.GREEN, number / 3);
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      graphics.dispose();
    }
  }

  private static void square(Graphics2D graphics, boolean shown, Color colour, int place) {
    if (shown) {
      graphics.setColor(colour);
      graphics.fillRect(
          place % 3 * 8, place / 3 % 3 * 8 + (colour.equals(Color.RED) ? 0 : 4), 8, 8);
    }
  }
}
