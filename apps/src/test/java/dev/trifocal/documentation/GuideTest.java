package dev.trifocal.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.graph.Value;
import dev.trifocal.image.Image;
import dev.trifocal.layer.Layer;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.trainer.StopReason;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's samples are compiled, the same as in the guide, and run on every engine. */
class GuideTest {
  private static final Pattern SAMPLE =
      Pattern.compile("<!-- ([a-z]+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern EXCERPT =
      Pattern.compile("<!-- from ([A-Za-z0-9./-]+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern USE = Pattern.compile("`trainer(\\.[^`]+)`");
  private static final Splits BARS =
      new Splits(
          new BarImages("train", 80), new BarImages("validation", 20), new BarImages("test", 2));

  @Test
  void every_sample_of_the_guide_is_the_code_that_is_compiled_here() throws IOException {
    Path repository = repository();
    String guide = Files.readString(repository.resolve("docs/guide.md"));
    String source =
        Files.readString(
            repository.resolve("apps/src/test/java/dev/trifocal/documentation/GuideSamples.java"));
    Matcher samples = SAMPLE.matcher(guide);
    int count = 0;
    while (samples.find()) {
      String begin = "// " + samples.group(1) + ": begin\n";
      assertThat(source).contains(begin);
      int from = source.indexOf(begin) + begin.length();
      String compiled = source.substring(from, source.indexOf("// " + samples.group(1) + ": end"));
      assertThat(samples.group(2)).as(samples.group(1)).isEqualToIgnoringWhitespace(compiled);
      count++;
    }
    assertThat(count).isEqualTo(15);
  }

  @Test
  void every_line_that_puts_a_custom_type_into_use_is_run_here() throws IOException {
    Path repository = repository();
    String here =
        Files.readString(
                repository.resolve("apps/src/test/java/dev/trifocal/documentation/GuideTest.java"))
            .replace("GuideSamples.", "");
    assertThat(
            USE.matcher(Files.readString(repository.resolve("docs/guide.md")))
                .results()
                .map(use -> use.group(1)))
        .hasSize(5)
        .allMatch(here::contains);
  }

  @Test
  void every_excerpt_of_a_file_in_the_guide_is_in_that_file() throws IOException {
    Path repository = repository();
    Matcher excerpts = EXCERPT.matcher(Files.readString(repository.resolve("docs/guide.md")));
    int count = 0;
    while (excerpts.find()) {
      String file = Files.readString(repository.resolve(excerpts.group(1)));
      assertThat(file.replaceAll("\\s", ""))
          .as(excerpts.group(1))
          .contains(excerpts.group(2).replaceAll("\\s", ""));
      count++;
    }
    assertThat(count).isEqualTo(2);
  }

  @Test
  void every_task_of_the_guide_has_its_lines_counted() throws IOException {
    String guide = Files.readString(repository().resolve("docs/guide.md"));
    Matcher samples = SAMPLE.matcher(guide);
    while (samples.find()) {
      String task = guide.substring(guide.lastIndexOf("\n### ", samples.start()) + 5);
      String title = task.substring(0, task.indexOf('\n')).strip();
      long lines = samples.group(2).lines().filter(line -> !line.isBlank()).count();
      assertThat(guide).contains("| %s | %d | ".formatted(title, lines));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j"})
  void a_network_of_the_guides_blocks_learns_with_its_loss_metric_schedule_and_optimizer(
      String engine) {
    TrainingResult result =
        Trainer.on(Backends.get(engine))
            .epochs(40)
            .batchSize(16)
            .loss(new GuideSamples.ConfidencePenalty(0.05))
            .optimizer(new GuideSamples.Lion(0.01, 0.9, 0.99, 0.0))
            .schedule(new GuideSamples.Triangular(20))
            .metrics(new Accuracy(Graph.OUTPUT), new GuideSamples.DecidedShare(Graph.OUTPUT, 0.5f))
            .callbacks(new GuideSamples.StopAt(0.95))
            .fit(network(), BARS);
    assertThat(result.ending()).isEqualTo(StopReason.STOPPED);
    assertThat(result.last().progress().history().get(0).metrics())
        .containsKeys("decided", "val_decided", "val_accuracy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j"})
  void a_data_set_with_two_inputs_trains_a_network_with_two(String engine) {
    TrainingResult result =
        Trainer.on(Backends.get(engine)).epochs(30).batchSize(8).fit(twoInputs(), measured());
    Map<String, Double> metrics = result.last().progress().history().get(29).metrics();
    assertThat(metrics.get("accuracy")).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j"})
  void a_training_loop_of_its_own_accumulates_gradients(String engine) {
    Backend backend = Backends.get(engine);
    Weights before = network().initialWeights(42);
    Weights after = GuideSamples.loop(backend, network(), BARS.train(), 3);
    assertThat(after.tensor("fc.weight")).isNotEqualTo(before.tensor("fc.weight"));
    assertThat(after.tensor("fc.weight").shape()).isEqualTo(before.tensor("fc.weight").shape());
  }

  @Test
  void an_image_is_predicted_by_name(@TempDir Path folder) throws IOException {
    Path run = folder.resolve("run");
    Graph graph =
        Graph.build(
            "bars", Shape.of(1, 12, 12), x -> x.then(Layer.flatten()).then(Layer.dense(10)));
    Trainer.on(Backends.get("onnx")).epochs(30).batchSize(16).saveTo(run).fit(graph, BARS);
    BufferedImage image = new BufferedImage(12, 12, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 12; x++) {
      image.getRaster().setSample(x, 3, 0, 255);
    }
    Path file = folder.resolve("bar.png");
    ImageIO.write(image, "png", file.toFile());
    assertThat(GuideSamples.predict(run, file)).isEqualTo("row 3");
    Image wide = Image.of(12, 20, 1, new byte[12 * 20]);
    assertThat(GuideSamples.mostLikely(run, wide).width()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j"})
  void a_prediction_is_explained(String engine) {
    Backend backend = Backends.get(engine);
    TrainingState trained = Trainer.on(backend).epochs(1).batchSize(16).fit(network(), BARS).best();
    Image image = Image.of(24, 24, 1, new byte[24 * 24]);
    Image explained = GuideSamples.explain(trained, backend, image, 3);
    assertThat(explained.width()).isEqualTo(24);
    assertThat(explained.channels()).isEqualTo(3);
    Tensor batch = BARS.train().batch(new int[] {0}).input();
    // Eight maps of 12x12 pixels, in rows of three.
    assertThat(GuideSamples.featureMaps(trained, backend, batch, "stem.2").width())
        .isEqualTo(4 + 3 * (96 + 4));
  }

  private static Graph network() {
    return Graph.build(
        "guide",
        Shape.of(1, 12, 12),
        x ->
            GuideSamples.activation(
                    GuideSamples.kernels(x.block("stem", GuideSamples.convBlock(8))))
                .block("body", v -> GuideSamples.residual(v, 8))
                .then(Layer.flatten())
                .then("fc", Layer.dense(10)));
  }

  private static Graph twoInputs() {
    GraphBuilder builder = new GraphBuilder("pair");
    Value image = builder.input("image", Shape.of(1, 4, 4)).then(Layer.flatten());
    Value size = builder.input("size", Shape.of(1));
    return builder.output(Graph.OUTPUT, image.concat(size).then("fc", Layer.dense(2))).graph();
  }

  /** What is above one half is large; the images say nothing. */
  private static Dataset measured() {
    int count = 32;
    float[] sizes = new float[count];
    long[] ids = new long[count];
    for (int i = 0; i < count; i++) {
      ids[i] = i % 2;
      sizes[i] = ids[i] == 1 ? 2 + i / 32f : -2 - i / 32f;
    }
    return new GuideSamples.Measured(
        Tensor.of(Shape.of(count, 1, 4, 4), new float[16 * count]),
        Tensor.of(Shape.of(count, 1), sizes),
        Tensor.of(Shape.of(count), ids));
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("README.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
