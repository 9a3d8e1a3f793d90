package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.digits.DigitsDataset;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.selection.Backends;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.Evaluator;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.vision.Prediction;
import dev.trifocal.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run directory that a Java program has written is a model like any other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaRunEndToEndTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** As many as {@link AppRun} has. */
  private static final Splits DIGITS =
      new Splits(
          new DigitsDataset("train", 42, 320),
          new DigitsDataset("validation", 42, 100),
          new DigitsDataset("test", 42, 100));

  @TempDir private static Path folder;
  private TrainingState best;

  @BeforeAll
  void train() throws IOException {
    Graph graph = Zoo.find("lenet5").graph(DIGITS.train().sampleShape(), 10);
    TrainingState start =
        TrainingState.start(
            Checkpoint.start(graph, 3),
            TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.003)),
            List.of(new Accuracy(Graph.OUTPUT)),
            DIGITS.train().classes());
    best =
        new Trainer(Backends.get("onnx"), RunOptions.DEFAULT, Callbacks.none())
            .fit(
                start,
                DIGITS,
                FitOptions.of(3, 32),
                RunDirectory.at(folder.resolve("mine")),
                () -> false)
            .best();
    Files.write(folder.resolve("digit.png"), ImageFile.png(digit()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mine", "mine/best"})
  void it_is_evaluated_on_data_that_is_named(String model) throws IOException {
    AppRun run =
        AppRun.in(folder, "evaluate", model, "--data", "digits", "--split", "test", "--json");
    assertThat(run.err()).isEmpty();
    JsonNode score = JSON.readTree(run.out()).get(0);
    Map<String, Double> expected = evaluated();
    assertThat(score.get("loss").asDouble()).isCloseTo(expected.get("loss"), within(1e-6));
    assertThat(score.get("accuracy").asDouble()).isEqualTo(expected.get("accuracy"));
  }

  @Test
  void without_data_it_says_what_it_was_trained_on() {
    AppRun run = AppRun.in(folder, "evaluate", "mine");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "error: mine was not trained by this program and has no trifocal.conf with the location"
                + " of its data (it was trained on digits/train); specify it with --data DATA\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mine", "mine/best", "mine/best/", "exported.onnx"})
  void it_predicts_with_its_classes_and_preparation(String model) throws IOException {
    AppRun exported = AppRun.in(folder, "export", "mine", "--out", "exported.onnx");
    assertThat(exported.err()).isEmpty();
    AppRun run = AppRun.in(folder, "predict", model, "digit.png", "--json", "--top", "10");
    assertThat(run.err()).isEmpty();
    JsonNode classes = JSON.readTree(run.out()).get(0).get("classes");
    try (ImageClassifier classifier = ImageClassifier.of(best)) {
      List<Prediction> expected = classifier.predict(digit()).predictions();
      for (int i = 0; i < expected.size(); i++) {
        assertThat(classes.get(i).get("class").asText()).isEqualTo(expected.get(i).name());
        assertThat(classes.get(i).get("probability").asDouble())
            .isCloseTo(expected.get(i).probability(), within(1e-6));
      }
    }
  }

  @Test
  void its_last_state_is_another_than_its_best_and_can_be_named_too() {
    assertThat(AppRun.in(folder, "export", "mine/last", "--out", "last.onnx").err()).isEmpty();
    assertThat(AppRun.in(folder, "evaluate", "mine/last", "--data", "digits").exitCode()).isZero();
  }

  @Test
  void it_is_summed_up() {
    AppRun run = AppRun.in(folder, "summary", "mine");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("61,706");
  }

  @Test
  void settings_of_the_folder_around_it_are_not_taken_for_its_own(@TempDir Path home)
      throws IOException {
    Files.writeString(home.resolve("trifocal.conf"), "trifocal.mean = \"0.9\"\n");
    RunDirectory.at(home.resolve("mine")).best(best);
    AppRun run = AppRun.in(home, "export", "mine", "--out", "mine.onnx");
    assertThat(run.err()).isEmpty();
    try (ImageClassifier classifier = ImageClassifier.load(home.resolve("mine.onnx"))) {
      assertThat(classifier.preprocessor().preprocessing())
          .isEqualTo(best.preprocessing().orElseThrow());
    }
  }

  @Test
  void checkpoints_of_a_run_of_the_command_line_have_its_settings(@TempDir Path home) {
    assertThat(AppRun.in(home, "train", "--epochs", "1", "--out", "run").exitCode()).isZero();
    AppRun whole = AppRun.in(home, "evaluate", "run");
    AppRun part = AppRun.in(home, "evaluate", "run/best");
    assertThat(part).isEqualTo(whole);
    assertThat(AppRun.in(home, "evaluate", "run/last").exitCode()).isZero();
  }

  private Map<String, Double> evaluated() {
    Backend backend = Backends.get("onnx");
    Checkpoint checkpoint = best.checkpoint();
    Evaluator evaluator = Evaluator.of(best, FitOptions.of(1, 32), Callbacks.none());
    try (Program program =
        backend.compile(evaluator.graph(), checkpoint.weights(), RunOptions.DEFAULT)) {
      return evaluator.evaluate(program, DIGITS.test().orElseThrow());
    }
  }

  private static Image digit() {
    float[] values = DIGITS.test().orElseThrow().batch(new int[] {1}).input().toFloats();
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(values[i] * 255);
    }
    return Image.of(28, 28, 1, bytes);
  }
}
