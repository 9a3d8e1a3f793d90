package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trifocal.apps.AppRun;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.Attribute;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.OnnxFile;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files whose logits are -3, 0 and 3 times the mean of red, with ends that files of exporters have.
 * The expected numbers are computed here from the logits.
 */
@DisplayName("Scores that a file spells out")
class SpelledOutScoresTest {
  private static final double[] WEIGHTS = {-3, 0, 3};
  private static final List<String> CLASSES = List.of("dark", "dim", "red");
  private static final double SMALLEST = 1e-7;

  @TempDir static Path folder;

  private enum Expected {
    SOFTMAX,
    SIGMOID,
    /** One unit, the sigmoid of 3 times the mean, of the second of two classes. */
    BINARY
  }

  /** How the logits become scores. */
  private interface Ending {
    String apply(OnnxGraphBuilder onnx, String logits);
  }

  /** The ends; files with an operator that no layer has run as they are. */
  enum End {
    LOGITS(Expected.SOFTMAX, (onnx, z) -> onnx.node("Identity", List.of(z))),
    SOFTMAX(Expected.SOFTMAX, SpelledOutScoresTest::softmax),
    LOG_SOFTMAX(
        Expected.SOFTMAX,
        (onnx, z) -> onnx.node("LogSoftmax", List.of(z), Attribute.of("axis", -1L))),
    SIGMOIDS(Expected.SIGMOID, (onnx, z) -> onnx.node("Sigmoid", List.of(z))),
    ONE_SIGMOID(Expected.BINARY, (onnx, z) -> onnx.node("Sigmoid", List.of(z))),
    EXPONENTIALS_OVER_THEIR_SUM(
        Expected.SOFTMAX,
        (onnx, z) -> {
          String powers = onnx.node("Exp", List.of(z));
          return onnx.node("Div", List.of(powers, sum(onnx, powers)));
        }),
    ONE_OVER_ONE_PLUS_EXPONENTIAL(
        Expected.SIGMOID,
        (onnx, z) -> {
          String power = onnx.node("Exp", List.of(onnx.node("Neg", List.of(z))));
          String divisor = onnx.node("Add", List.of(onnx.constant(1), power));
          return onnx.node("Div", List.of(onnx.constant(1), divisor));
        }),
    HALF_OF_ONE_PLUS_TANH(
        Expected.SIGMOID,
        (onnx, z) -> {
          String half = onnx.constant(0.5);
          String tanh = onnx.node("Tanh", List.of(onnx.node("Mul", List.of(z, half))));
          String sum = onnx.node("Add", List.of(tanh, onnx.constant(1)));
          return onnx.node("Mul", List.of(half, sum));
        }),
    TWO_COLUMNS_OF_ONE_SIGMOID(
        Expected.BINARY,
        (onnx, z) -> {
          String second = onnx.node("Sigmoid", List.of(z));
          String first = onnx.node("Sub", List.of(onnx.constant(1), second));
          return onnx.node("Concat", List.of(first, second), Attribute.of("axis", 1L));
        }),
    A_SMALL_NUMBER_ADDED(
        Expected.SOFTMAX,
        (onnx, z) -> onnx.node("Add", List.of(softmax(onnx, z), onnx.constant(1e-7)))),
    PER_CENT(
        Expected.SOFTMAX,
        (onnx, z) -> onnx.node("Mul", List.of(softmax(onnx, z), onnx.constant(100)))),
    MEAN_OF_AN_ENSEMBLE(
        Expected.SOFTMAX,
        (onnx, z) ->
            onnx.node(
                "Mean",
                List.of(softmax(onnx, z), softmax(onnx, onnx.node("Identity", List.of(z)))))),
    REORDERED(
        Expected.SOFTMAX,
        (onnx, z) -> {
          String back = reversed(onnx, softmax(onnx, reversed(onnx, z)));
          return onnx.node("Identity", List.of(back));
        }),
    WITH_AN_AXIS_IN_FRONT(
        Expected.SOFTMAX,
        (onnx, z) -> onnx.node("Unsqueeze", List.of(softmax(onnx, z), onnx.longs(1)))),
    REPLACED_WHERE_SMALL(
        Expected.SOFTMAX,
        (onnx, z) -> {
          String p = softmax(onnx, z);
          String small = onnx.node("Less", List.of(p, onnx.constant(1e-9)));
          return onnx.node("Where", List.of(small, onnx.constant(0), p));
        });

    private final Expected expected;
    private final Ending ending;

    End(Expected expected, Ending ending) {
      this.expected = expected;
      this.ending = ending;
    }

    private double[] probabilities(double red) {
      double[] sigmoids = Arrays.stream(WEIGHTS).map(w -> 1 / (1 + Math.exp(-w * red))).toArray();
      double sum = Arrays.stream(WEIGHTS).map(w -> Math.exp(w * red)).sum();
      return switch (expected) {
        case SIGMOID -> sigmoids;
        case BINARY -> new double[] {1 - sigmoids[2], sigmoids[2]};
        case SOFTMAX -> Arrays.stream(WEIGHTS).map(w -> Math.exp(w * red) / sum).toArray();
      };
    }

    private double loss(double red, int label) {
      double[] p = probabilities(red);
      if (expected != Expected.SIGMOID) {
        return -Math.log(p[label]);
      }
      double sum = 0;
      for (int k = 0; k < p.length; k++) {
        double share = k == label ? p[k] : 1 - p[k];
        sum -= Math.log(Math.max(SMALLEST, share));
      }
      return sum / p.length;
    }
  }

  @BeforeAll
  static void files() throws IOException {
    for (int i = 0; i < 8; i++) {
      for (int label = 0; label < CLASSES.size(); label++) {
        image("three/%s/%d.png".formatted(CLASSES.get(label), i), red(label, i));
        if (label < 2) {
          image("two/%s/%d.png".formatted(CLASSES.get(label), i), red(label, i));
        }
      }
    }
    image("one.png", 102);
    for (End end : End.values()) {
      write(end);
    }
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void are_predicted_as_they_are(End end) throws JsonProcessingException {
    double[] expected = end.probabilities(102 / 255.0);
    JsonNode classes = json("predict", end + ".onnx", "one.png").get(0).get("classes");
    assertThat(classes).hasSize(expected.length);
    for (JsonNode one : classes) {
      double probability = expected[CLASSES.indexOf(one.get("class").asText())];
      assertThat(one.get("probability").asDouble()).isCloseTo(probability, within(1e-5));
    }
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void are_measured_by_their_loss(End end) throws JsonProcessingException {
    JsonNode splits = json("evaluate", end + ".onnx", "--data", data(end), "--split", "all");
    List<Double> losses = new ArrayList<>();
    for (int label = 0; label < (end.expected == Expected.BINARY ? 2 : 3); label++) {
      for (int i = 0; i < 8; i++) {
        losses.add(end.loss(red(label, i) / 255.0, label));
      }
    }
    double sum = 0;
    int samples = 0;
    for (JsonNode split : splits) {
      sum += split.get("loss").asDouble() * split.get("samples").asInt();
      samples += split.get("samples").asInt();
    }
    assertThat(samples).isEqualTo(losses.size());
    double mean = losses.stream().mapToDouble(loss -> loss).average().orElseThrow();
    assertThat(sum / samples).isCloseTo(mean, within(1e-4));
  }

  @ParameterizedTest
  @EnumSource(value = End.class, mode = EnumSource.Mode.EXCLUDE, names = "REPLACED_WHERE_SMALL")
  void are_trained_as_logits(End end) {
    String words =
        "train --model %s.onnx --data %s --epochs 1 --batch-size 4 --lr 1e-30 --no-tensorboard --out run-%s"
            .formatted(end, data(end), end);
    AppRun run = AppRun.in(folder, words.split(" "));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(AppRun.in(folder, "evaluate", "run-" + end).exitCode()).isZero();
  }

  private static String data(End end) {
    return end.expected == Expected.BINARY ? "two" : "three";
  }

  private static int red(int label, int i) {
    return 20 + 80 * label + 5 * i;
  }

  private static String softmax(OnnxGraphBuilder onnx, String logits) {
    return onnx.node("Softmax", List.of(logits), Attribute.of("axis", -1L));
  }

  private static String sum(OnnxGraphBuilder onnx, String values) {
    return onnx.node("ReduceSum", List.of(values, onnx.longs(1)), Attribute.of("keepdims", 1L));
  }

  private static String reversed(OnnxGraphBuilder onnx, String values) {
    return onnx.node("Gather", List.of(values, onnx.longs(2, 1, 0)), Attribute.of("axis", 1L));
  }

  private static void write(End end) {
    OnnxGraphBuilder onnx = new OnnxGraphBuilder(end.name());
    String image = onnx.batchInput("data", Shape.of(3, 4, 4));
    String means = onnx.node("Flatten", List.of(onnx.node("GlobalAveragePool", List.of(image))));
    boolean binary = end.expected == Expected.BINARY;
    Tensor weights =
        binary
            ? Tensor.of(Shape.of(3, 1), 3f, 0, 0)
            : Tensor.of(Shape.of(3, 3), -3f, 0, 3, 0, 0, 0, 0, 0, 0);
    String logits = onnx.node("MatMul", List.of(means, onnx.initializer("weights", weights)));
    int units = end == End.ONE_SIGMOID ? 1 : binary ? 2 : 3;
    Shape shape = end == End.WITH_AN_AXIS_IN_FRONT ? Shape.of(1, units) : Shape.of(units);
    onnx.batchOutput("y", end.ending.apply(onnx, logits), shape);
    ModelMetadata metadata =
        new ModelMetadata(
            binary ? CLASSES.subList(0, 2) : CLASSES,
            Optional.of(Preprocessing.UNIT),
            Optional.empty(),
            "");
    OnnxFile.write(folder.resolve(end + ".onnx"), onnx.build(metadata.properties()));
  }

  private static void image(String file, int red) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < 16; pixel++) {
      image.setRGB(pixel % 4, pixel / 4, red << 16);
    }
    Files.createDirectories(folder.resolve(file).getParent());
    ImageIO.write(image, "png", folder.resolve(file).toFile());
  }

  private static JsonNode json(String... words) throws JsonProcessingException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    AppRun run = AppRun.in(folder, all.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }
}
