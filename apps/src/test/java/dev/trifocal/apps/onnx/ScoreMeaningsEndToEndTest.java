package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trifocal.apps.AppRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files with the same logits and several ends: what {@code predict}, {@code evaluate} and {@code
 * train} make of each.
 */
@DisplayName("The end of a file")
class ScoreMeaningsEndToEndTest {
  private static final Set<ScoreEnd> WITHOUT_GRADIENT =
      Set.of(ScoreEnd.INT8, ScoreEnd.WHOLE_LOGITS, ScoreEnd.TOPK, ScoreEnd.ARGMAX);

  @TempDir static Path folder;

  @BeforeAll
  static void files() {
    for (ScoreEnd end : List.of(ScoreEnd.SIGMOID, ScoreEnd.SIGMOIDS)) {
      Path data = folder.resolve(end.data());
      end.training().forEach(image -> image.write(data.resolve("train")));
      for (String part : List.of("val", "test")) {
        ColorImage.VALIDATION.forEach(image -> image.write(data.resolve(part)));
      }
    }
    Stream.of(ScoreEnd.values()).forEach(end -> end.write(folder));
  }

  @ParameterizedTest
  @EnumSource(value = ScoreEnd.class, mode = EnumSource.Mode.EXCLUDE, names = "ARGMAX")
  void tells_what_its_numbers_are(ScoreEnd end) {
    for (ColorImage image : ColorImage.VALIDATION) {
      JsonNode best = best(end, image);
      assertThat(best.get("class").asText()).isEqualTo(image.color());
      assertThat(best.get("probability").asDouble())
          .isCloseTo(end.probability(image), within(end.tolerance()));
    }
  }

  @Test
  void may_be_the_class_alone() {
    for (ColorImage image : ColorImage.VALIDATION) {
      JsonNode best = best(ScoreEnd.ARGMAX, image);
      assertThat(best.get("class").asText()).isEqualTo(image.color());
      assertThat(best.get("probability").isNull()).isTrue();
    }
    assertThat(run("predict", "argmax.onnx", "two/val/red").out()).contains("red").contains(" -");
  }

  @ParameterizedTest
  @EnumSource
  void is_measured_as_what_it_is(ScoreEnd end) {
    JsonNode result =
        json("evaluate", end.file(), "--data", end.data(), "--split", "validation").get(0);
    assertThat(result.get("samples").asInt()).isEqualTo(ColorImage.VALIDATION.size());
    assertThat(result.get("accuracy").asDouble()).isEqualTo(1);
    if (end.isRanking()) {
      assertThat(result.has("loss")).isFalse();
    } else {
      assertThat(result.get("loss").asDouble())
          .isCloseTo(end.loss(ColorImage.VALIDATION), within(end.tolerance()));
    }
  }

  /** With a batch of all images, the loss of the first step is that of the file's own weights. */
  @ParameterizedTest
  @MethodSource("endsWithGradientsOnEachEngine")
  void is_trained_as_what_it_is(ScoreEnd end, String engine) throws IOException {
    Path trained = folder.resolve("run-%s-%s".formatted(end, engine));
    String images = String.valueOf(end.training().size());
    AppRun run =
        train(end, "--backend", engine, "--batch-size", images, "--out", trained.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode step = read(Files.readAllLines(trained.resolve("steps.jsonl")).get(0));
    assertThat(step.get("loss").asDouble()).isCloseTo(end.loss(end.training()), within(1e-5));
    assertThat(json("evaluate", trained.toString()).get(0).get("accuracy").asDouble()).isEqualTo(1);
    JsonNode before = json("predict", trained.toString(), "two/val");
    JsonNode after = json("predict", trained.resolve("model.onnx").toString(), "two/val");
    assertThat(classes(after)).isEqualTo(classes(before));
    assertThat(run("train", "--resume", trained.toString(), "--epochs", "2").exitCode()).isZero();
  }

  static Stream<Arguments> endsWithGradientsOnEachEngine() {
    return Stream.of(ScoreEnd.values())
        .filter(end -> !WITHOUT_GRADIENT.contains(end))
        .flatMap(end -> Stream.of("onnx", "djl", "dl4j").map(engine -> arguments(end, engine)));
  }

  static Stream<ScoreEnd> endsWithoutGradient() {
    return Stream.of(ScoreEnd.values()).filter(WITHOUT_GRADIENT::contains);
  }

  @ParameterizedTest
  @MethodSource("endsWithoutGradient")
  void cannot_be_trained_if_it_has_no_gradient(ScoreEnd end) {
    AppRun run = train(end, "--out", "run-" + end);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: ").contains(end.file(), end.operator());
    assertThat(folder.resolve("run-" + end)).doesNotExist();
  }

  @Test
  void keeps_labels_as_they_are_if_it_is_a_sigmoid() {
    assertThat(train(ScoreEnd.SIGMOID, "--label-smoothing", "0.1").err())
        .endsWith(
            "error: --label-smoothing is for a softmax over the classes, but sigmoid ends in 1"
                + " sigmoid; omit it, or replace the head with --head\n");
    assertThat(train(ScoreEnd.SIGMOIDS, "--class-weights", "balanced").err())
        .contains(
            "--class-weights is for a softmax over the classes, but sigmoids ends in 5 sigmoids");
  }

  @Test
  void can_be_overruled() {
    ColorImage red = ColorImage.VALIDATION.get(1);
    double share = ScoreEnd.SOFTMAX.probability(red);
    double[] shares = ScoreEnd.SOFTMAX.probabilities(red);
    double sum = Arrays.stream(shares).map(Math::exp).sum();
    assertThat(best(ScoreEnd.SOFTMAX, red, "--scores", "logits").get("probability").asDouble())
        .isCloseTo(Math.exp(share) / sum, within(1e-5));
    AppRun unknown = run("predict", "features-last.onnx", "two/val/red", "--output-name", "q");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .isEqualTo(
            "error: features-last.onnx has no output 'q'; its outputs are p [2], features [3]\n");
    assertThat(
            run("predict", "features-last.onnx", "two/val/red", "--output-name", "features").err())
        .contains("features-last.onnx has 3 classes, but 2 class names were given");
  }

  private static AppRun train(ScoreEnd end, String... more) {
    List<String> words =
        List.of(
            "train",
            "--model",
            end.file(),
            "--data",
            end.data(),
            "--epochs",
            "1",
            "--no-tensorboard");
    return run(Stream.concat(words.stream(), Arrays.stream(more)).toArray(String[]::new));
  }

  private static JsonNode best(ScoreEnd end, ColorImage image, String... more) {
    Stream<String> words = Stream.of("predict", end.file(), "two/val/" + image.path());
    JsonNode answer = json(Stream.concat(words, Arrays.stream(more)).toArray(String[]::new));
    return answer.get(0).get("classes").get(0);
  }

  private static List<String> classes(JsonNode answers) {
    return answers.findValues("classes").stream()
        .map(classes -> classes.get(0).get("class").asText())
        .toList();
  }

  private static JsonNode json(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    AppRun run = run(all);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return read(run.out());
  }

  private static JsonNode read(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private static AppRun run(String... arguments) {
    return AppRun.in(folder, arguments);
  }
}
