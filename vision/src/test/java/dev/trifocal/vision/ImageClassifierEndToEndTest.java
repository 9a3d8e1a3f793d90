package dev.trifocal.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.data.Splits;
import dev.trifocal.datasets.digits.DigitsDataset;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.error.DataException;
import dev.trifocal.error.FileException;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.image.ImagePreprocessor;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.OnnxFile;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.onnx.importer.ImportFailure;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.RunDirectory;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.zoo.Zoo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LeNet-5 learns some digits, in Java, and is put to use in every form that it is kept in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageClassifierEndToEndTest {
  private static final int SHOWN = 40;
  private static final Splits DIGITS =
      new Splits(
          new DigitsDataset("train", 7, 600),
          new DigitsDataset("validation", 7, 100),
          new DigitsDataset("test", 7, SHOWN));

  @TempDir private static Path folder;
  private TrainingState trained;
  private Tensor expected;

  @BeforeAll
  void train() {
    Backend backend = Backends.get("onnx");
    Graph graph = Zoo.find("lenet5").graph(DIGITS.train().sampleShape(), 10);
    TrainingState start =
        TrainingState.start(
            Checkpoint.start(graph, 3),
            TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.003)),
            List.of(new Accuracy(Graph.OUTPUT)),
            DIGITS.train().classes());
    trained =
        new Trainer(backend, RunOptions.DEFAULT, Callbacks.none())
            .fit(
                start,
                DIGITS,
                FitOptions.of(2, 32),
                RunDirectory.at(folder.resolve("run")),
                () -> false)
            .best();
    OnnxExporter.write(folder.resolve("digits.onnx"), trained);
    try (Program program =
        backend.compile(
            trained.checkpoint().graph(), trained.checkpoint().weights(), RunOptions.DEFAULT)) {
      int[] all = IntStream.range(0, SHOWN).toArray();
      expected =
          program
              .run(Map.of(Graph.INPUT, DIGITS.test().orElseThrow().batch(all).input()))
              .get(Graph.OUTPUT)
              .softmax(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "run/best", "run/last", "digits.onnx"})
  void a_model_in_any_form_gives_the_probabilities_of_its_evaluation(String model) {
    try (ImageClassifier classifier = ImageClassifier.load(folder.resolve(model))) {
      assertThat(classifier.classes()).isEqualTo(DIGITS.train().classes());
      assertThat(classifier.preprocessor())
          .isEqualTo(new ImagePreprocessor(Preprocessing.UNIT, Shape.of(1, 28, 28)));
      if (!model.equals("run/last")) {
        requireExpected(classifier);
      }
    }
  }

  @Test
  void a_state_and_a_graph_with_weights_need_no_file() {
    try (ImageClassifier classifier = ImageClassifier.of(trained)) {
      requireExpected(classifier);
    }
    ImagePreprocessor preprocessor = new ImagePreprocessor(Preprocessing.UNIT, Shape.of(1, 28, 28));
    try (ImageClassifier classifier =
        ImageClassifier.of(
            trained.checkpoint().graph(),
            trained.checkpoint().weights(),
            preprocessor,
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"))) {
      requireExpected(classifier);
    }
  }

  @Test
  void an_image_may_be_a_file_or_one_of_javas() throws IOException {
    Path file = folder.resolve("digit.png");
    byte[] png = ImageFile.png(digit(3));
    Files.write(file, png);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    BufferedImage blueFirst =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        blueFirst.setRGB(x, y, digit(3).at(y, x, 0) * 0x010101);
      }
    }
    try (ImageClassifier classifier = ImageClassifier.of(trained)) {
      Classification answer = classifier.predict(digit(3));
      assertThat(classifier.predict(file)).isEqualTo(answer);
      assertThat(classifier.predict(image)).isEqualTo(answer);
      assertThat(classifier.predict(blueFirst)).isEqualTo(answer);
    }
  }

  @Test
  void options_win_over_what_the_model_says() {
    List<String> words =
        List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
    ClassifierOptions options =
        ClassifierOptions.DEFAULT
            .classes(words)
            .preprocessing(Preprocessing.SYMMETRIC)
            .backend("onnx");
    try (ImageClassifier classifier =
        ImageClassifier.load(folder.resolve("digits.onnx"), options)) {
      assertThat(classifier.classes()).isEqualTo(words);
      assertThat(classifier.preprocessor().preprocessing()).isEqualTo(Preprocessing.SYMMETRIC);
      assertThat(words).contains(classifier.predict(digit(0)).best().name());
    }
    assertThatThrownBy(
            () ->
                ImageClassifier.load(
                    folder.resolve("digits.onnx"), ClassifierOptions.DEFAULT.backend("djl")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("add dev.trifocal:trifocal-backend-djl to the dependencies");
  }

  @Test
  void a_file_of_which_no_graph_can_be_made_runs_as_it_is() {
    Path file = folder.resolve("brightest.onnx");
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("brightest");
    String flat = onnx.node("Flatten", List.of(onnx.batchInput("data", Shape.of(1, 2, 2))));
    onnx.batchOutput("corner", onnx.node("Hardmax", List.of(flat)), Shape.of(4));
    List<String> corners = List.of("top left", "top right", "bottom left", "bottom right");
    ModelMetadata metadata =
        new ModelMetadata(corners, Optional.of(Preprocessing.UNIT), Optional.empty(), "");
    OnnxFile.write(file, onnx.build(metadata.properties()));
    assertThat(OnnxImporter.read(file, ImportOptions.DEFAULT)).isInstanceOf(ImportFailure.class);
    try (ImageClassifier classifier = ImageClassifier.load(file)) {
      Image light = Image.of(2, 2, 1, new byte[] {10, 20, 90, 30});
      assertThat(classifier.predict(light).best()).isEqualTo(new Prediction(2, "bottom left", 1));
      assertThat(classifier.predictAll(List.of(light, light.invert())).get(1).best().name())
          .isEqualTo("top left");
    }
  }

  @Test
  void what_cannot_be_used_is_said_in_one_message() {
    Path silent = folder.resolve("silent.onnx");
    Graph graph = trained.checkpoint().graph();
    OnnxExporter.write(silent, graph, trained.checkpoint().weights(), Map.of());
    assertThatThrownBy(() -> ImageClassifier.load(silent))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(silent + " does not say how its images are prepared");
    assertThatThrownBy(() -> ImageClassifier.load(folder))
        .isInstanceOf(FileException.class)
        .hasMessage(
            folder + " is not a run directory: it has neither a 'best' nor a 'last' checkpoint");
    assertThatThrownBy(() -> ImageClassifier.load(folder.resolve("nothing.onnx")))
        .isInstanceOf(FileException.class);
    Path few = folder.resolve("few.onnx");
    assertThatThrownBy(() -> OnnxExporter.write(few, trained.classes(List.of("a", "b"))))
        .isInstanceOf(DataException.class)
        .hasMessage("lenet5 has 10 classes, but 2 class names were given");
    assertThat(few).doesNotExist();
  }

  @Test
  void the_preprocessing_of_the_data_travels_with_the_state() {
    assertThat(trained.preprocessing()).contains(Preprocessing.UNIT);
    assertThat(RunDirectory.trained(folder.resolve("run")).preprocessing())
        .isEqualTo(Optional.of(Preprocessing.UNIT));
  }

  private void requireExpected(ImageClassifier classifier) {
    List<Classification> answers =
        classifier.predictAll(
            IntStream.range(0, SHOWN).mapToObj(ImageClassifierEndToEndTest::digit).toList());
    for (int i = 0; i < SHOWN; i++) {
      for (Prediction prediction : answers.get(i).predictions()) {
        assertThat(prediction.probability())
            .isCloseTo(expected.get(i, prediction.id()), within(1e-5));
      }
      assertThat(answers.get(i).best().id()).isEqualTo((int) expected.argMax(1).getLong(i));
    }
  }

  /** A sample as the picture that it was. */
  private static Image digit(int index) {
    float[] values = DIGITS.test().orElseThrow().batch(new int[] {index}).input().toFloats();
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(values[i] * 255);
    }
    return Image.of(28, 28, 1, bytes);
  }
}
