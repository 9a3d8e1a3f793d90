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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files with the same two logits, 3 times the mean of blue and 3 times the mean of red, and several
 * ends.
 */
@DisplayName("The end of a file")
class ScoreMeaningsEndToEndTest {
  private static final int RED = 0xC03020;
  private static final int BLUE = 0x2040C0;

  /** Softmax of 3 * 0x20 / 255 and 3 * 0xC0 / 255. */
  private static final double SHARE_OF_RED =
      1 / (1 + Math.exp(3 * 0x20 / 255.0 - 3 * 0xC0 / 255.0));

  @TempDir static Path folder;

  @BeforeAll
  static void files() throws IOException {
    for (int i = 0; i < 10; i++) {
      picture("data/blue/%d.png".formatted(i), BLUE + i);
      picture("data/red/%d.png".formatted(i), RED + i);
    }
    picture("red.png", RED);
    for (String end :
        List.of(
            "logits",
            "softmax",
            "logsoftmax",
            "sigmoid",
            "clip",
            "int8",
            "features-first",
            "features-last",
            "topk",
            "argmax")) {
      write(end);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "logits, 1e-5",
    "softmax, 1e-5",
    "logsoftmax, 1e-5",
    "sigmoid, 1e-5",
    "clip, 1e-5",
    "int8, 2e-3",
    "features-first, 1e-5",
    "features-last, 1e-5",
    "topk, 1e-5"
  })
  void tells_what_its_numbers_are(String end, double tolerance) {
    JsonNode best = predict(end);
    assertThat(best.get("class").asText()).isEqualTo("red");
    assertThat(best.get("probability").asDouble()).isCloseTo(SHARE_OF_RED, within(tolerance));
  }

  @Test
  void may_be_the_class_alone() {
    JsonNode best = predict("argmax");
    assertThat(best.get("class").asText()).isEqualTo("red");
    assertThat(best.get("probability").isNull()).isTrue();
    assertThat(run("predict", "argmax.onnx", "red.png").out()).contains("red").contains(" -");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logits",
        "softmax",
        "logsoftmax",
        "sigmoid",
        "clip",
        "int8",
        "features-first",
        "features-last",
        "topk",
        "argmax"
      })
  void changes_no_accuracy(String end) {
    JsonNode result = json("evaluate", end + ".onnx", "--data", "data", "--split", "all").get(0);
    assertThat(result.get("samples").asInt()).isGreaterThan(10);
    assertThat(result.get("accuracy").asDouble()).isEqualTo(1);
    if (List.of("topk", "argmax").contains(end)) {
      assertThat(result.has("loss")).isFalse();
    } else {
      assertThat(result.get("loss").asDouble()).isCloseTo(-Math.log(SHARE_OF_RED), within(5e-2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"softmax", "logsoftmax", "clip", "features-first", "features-last"})
  void leaves_the_loss_as_it_is(String end) {
    double expected = loss("logits");
    assertThat(loss(end)).isCloseTo(expected, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"logits", "softmax", "logsoftmax", "clip", "features-first", "features-last"})
  void does_not_keep_a_file_from_being_trained(String end) {
    AppRun run =
        run(
            "train",
            "--model",
            end + ".onnx",
            "--data",
            "data",
            "--epochs",
            "1",
            "--batch-size",
            "4",
            "--no-tensorboard",
            "--out",
            "run-" + end);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run("evaluate", "run-" + end).out()).contains("1.0000");
  }

  @Test
  void can_be_overruled() {
    double twice =
        json("predict", "softmax.onnx", "red.png", "--scores", "logits")
            .get(0)
            .get("classes")
            .get(0)
            .get("probability")
            .asDouble();
    assertThat(twice).isCloseTo(1 / (1 + Math.exp(1 - 2 * SHARE_OF_RED)), within(1e-5));
    AppRun unknown = run("predict", "features-last.onnx", "red.png", "--output-name", "q");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .isEqualTo(
            "error: features-last.onnx has no output 'q'; its outputs are p [2], features [3]\n");
    assertThat(run("predict", "features-last.onnx", "red.png", "--output-name", "features").err())
        .contains("features-last.onnx has 3 classes, but 2 class names were given");
  }

  private static double loss(String end) {
    return json("evaluate", end + ".onnx", "--data", "data", "--split", "all")
        .get(0)
        .get("loss")
        .asDouble();
  }

  private static JsonNode predict(String end) {
    return json("predict", end + ".onnx", "red.png").get(0).get("classes").get(0);
  }

  private static JsonNode json(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    AppRun run = run(all);
    assertThat(run.exitCode()).as(run.err()).isZero();
    try {
      return new ObjectMapper().readTree(run.out());
    } catch (JsonProcessingException e) {
      throw new AssertionError(run.out(), e);
    }
  }

  private static AppRun run(String... arguments) {
    return AppRun.in(folder, arguments);
  }

  private static void picture(String file, int color) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < 16; pixel++) {
      image.setRGB(pixel % 4, pixel / 4, color);
    }
    Files.createDirectories(folder.resolve(file).getParent());
    ImageIO.write(image, "png", folder.resolve(file).toFile());
  }

  private static void write(String end) {
    OnnxGraphBuilder onnx = new OnnxGraphBuilder(end);
    String image = onnx.batchInput("data", Shape.of(3, 4, 4));
    String means = onnx.node("Flatten", List.of(onnx.node("GlobalAveragePool", List.of(image))));
    float[] both = {0, 3, 0, 0, 3, 0};
    float[] one = {3, 0, -3};
    boolean single = end.equals("sigmoid");
    String weights =
        onnx.initializer(
            "weights", Tensor.of(single ? Shape.of(3, 1) : Shape.of(3, 2), single ? one : both));
    String logits = onnx.node("MatMul", List.of(means, weights));
    switch (end) {
      case "logits" -> onnx.batchOutput("p", logits, Shape.of(2));
      case "softmax" -> onnx.batchOutput("p", softmax(onnx, logits), Shape.of(2));
      case "logsoftmax" ->
          onnx.batchOutput(
              "p",
              onnx.node("LogSoftmax", List.of(logits), Attribute.of("axis", -1L)),
              Shape.of(2));
      case "sigmoid" -> onnx.batchOutput("p", onnx.node("Sigmoid", List.of(logits)), Shape.of(1));
      case "clip" ->
          onnx.batchOutput(
              "p",
              onnx.node(
                  "Clip",
                  List.of(softmax(onnx, logits), onnx.constant(1e-7), onnx.constant(1 - 1e-7))),
              Shape.of(2));
      case "int8" -> onnx.batchOutput("p", rounded(onnx, softmax(onnx, logits)), Shape.of(2));
      case "features-first" -> {
        onnx.batchOutput("features", means, Shape.of(3));
        onnx.batchOutput("p", softmax(onnx, logits), Shape.of(2));
      }
      case "features-last" -> {
        onnx.batchOutput("p", softmax(onnx, logits), Shape.of(2));
        onnx.batchOutput("features", means, Shape.of(3));
      }
      case "topk" -> {
        List<String> best = onnx.node("TopK", 2, List.of(softmax(onnx, logits), onnx.longs(2)));
        onnx.batchOutput("values", best.get(0), Shape.of(2));
        onnx.batchOutput("ids", cast(onnx, best.get(1)), Shape.of(2));
      }
      case "argmax" ->
          onnx.batchOutput(
              "label",
              cast(onnx, onnx.node("ArgMax", List.of(logits), Attribute.of("axis", 1L))),
              Shape.of(1));
      default -> throw new IllegalArgumentException(end);
    }
    ModelMetadata metadata =
        new ModelMetadata(
            List.of("blue", "red"), Optional.of(Preprocessing.UNIT), Optional.empty(), "");
    OnnxFile.write(folder.resolve(end + ".onnx"), onnx.build(metadata.properties()));
  }

  private static String softmax(OnnxGraphBuilder onnx, String logits) {
    return onnx.node("Softmax", List.of(logits), Attribute.of("axis", -1L));
  }

  private static String cast(OnnxGraphBuilder onnx, String ids) {
    return onnx.node("Cast", List.of(ids), Attribute.of("to", 1L));
  }

  /** To 8 bits and back. */
  private static String rounded(OnnxGraphBuilder onnx, String values) {
    String scale = onnx.constant(1 / 256.0);
    return onnx.node(
        "DequantizeLinear", List.of(onnx.node("QuantizeLinear", List.of(values, scale)), scale));
  }
}
