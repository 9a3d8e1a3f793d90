package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Image;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.vision.FullyConvolutionalClassifier;
import dev.trifocal.vision.ScoreMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Classifiers score each position of larger images")
class FullyConvolutionalEndToEndTest {
  @TempDir Path folder;

  @Test
  void aConvertedFileReadsImagesOfAnySize() {
    AppRun run = run("convert", "lenet5", "--fully-convolutional", "--out", "net.onnx");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("fc1      Dense    [120, 400]  Conv2d    [120, 16, 5, 5]")
        .contains("an image of 28x28 has 1x1 positions, one every 4x4 pixels");
    assertThat(
            OnnxImporter.read(
                    folder.resolve("net.onnx"), ImportOptions.DEFAULT.input(Shape.of(1, 40, 60)))
                .orThrow()
                .graph()
                .output(Graph.OUTPUT)
                .shape())
        .isEqualTo(Shape.of(10, 4, 9));
  }

  @Test
  void aConvertedFilePredictsAsTheClassifierDoes() throws IOException {
    image("seven.png", 28, 28);
    run("convert", "lenet5", "--fully-convolutional", "--out", "net.onnx");
    JsonNode before = json(run("predict", "lenet5", "seven.png", "--json")).at("/0/classes");
    JsonNode after = json(run("predict", "net.onnx", "seven.png", "--json")).at("/0/classes");
    assertThat(after).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(after.get(i).get("probability").asDouble())
          .isCloseTo(before.get(i).get("probability").asDouble(), within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j"})
  void eachClassHasAHeatMapOverTheImage(String backend) throws IOException {
    image("page.png", 40, 60);
    AppRun run =
        run(
            "predict",
            "lenet5",
            "page.png",
            "--map",
            "maps",
            "--top",
            "3",
            "--json",
            "--backend",
            backend);
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode maps = json(run);
    assertThat(maps).hasSize(3);
    assertThat(maps.at("/0/rows").asInt()).isEqualTo(4);
    assertThat(maps.at("/0/columns").asInt()).isEqualTo(9);
    for (JsonNode map : maps) {
      Image picture = ImageFile.read(folder.resolve(map.get("heat_map").asText()));
      assertThat(picture.height()).isEqualTo(40);
      assertThat(picture.width()).isEqualTo(60);
    }
  }

  @Test
  void theShorterSideCanBeChosen() throws IOException {
    image("page.png", 80, 120);
    AppRun run = run("predict", "lenet5", "page.png", "--map", "maps", "--shorter-side", "40");
    assertThat(run.out()).contains("page.png  4x9");
    AppRun small = run("predict", "lenet5", "page.png", "--map", "maps", "--shorter-side", "8");
    assertThat(small.out()).as("never smaller than the model's own images").contains("1x4");
  }

  @Test
  void modelsThatPoolGloballyReadImagesAsLargeAsTheirOwn() throws IOException {
    image("page.png", 128, 192);
    AppRun run = run("predict", "resnet18", "page.png", "--map", "maps", "--input", "3x64x64");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("page.png  2x3");
    AppRun large =
        run(
            "predict",
            "resnet18",
            "page.png",
            "--map",
            "maps",
            "--input",
            "3x64x64",
            "--shorter-side",
            "128");
    assertThat(large.out()).contains("page.png  4x6");
  }

  @Test
  void aLibraryUserGetsTheSameMap() throws IOException {
    image("page.png", 40, 60);
    run("export", "lenet5", "--out", "lenet5.onnx");
    try (FullyConvolutionalClassifier classifier =
        FullyConvolutionalClassifier.load(folder.resolve("lenet5.onnx"))) {
      ScoreMap map = classifier.predict(ImageFile.read(folder.resolve("page.png")));
      JsonNode best = json(run("predict", "lenet5", "page.png", "--map", "maps", "--json")).get(0);
      assertThat(map.classes().get(0).id()).isEqualTo(best.get("id").asInt());
      assertThat(map.classes().get(0).probability())
          .isCloseTo(best.get("highest_probability").asDouble(), within(1e-5));
    }
  }

  @Test
  void whatCannotBeConvertedIsNamedAndNothingIsWritten() {
    Graph graph =
        Graph.build(
            "net",
            Shape.of(3, 8, 8),
            x -> x.then("max", Layer.globalMaxPool()).then(Layer.flatten()).then(Layer.dense(2)));
    OnnxExporter.write(folder.resolve("max.onnx"), graph, graph.initialWeights(1), Map.of());
    AppRun run = run("convert", "max.onnx", "--fully-convolutional", "--out", "net.onnx");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("error: max.onnx cannot become fully convolutional: what")
        .contains("max (GlobalMaxPool) does with [[3, 8, 8]]");
    assertThat(folder.resolve("net.onnx")).doesNotExist();
    AppRun vague = run("convert", "lenet5", "--out", "net.onnx");
    assertThat(vague.exitCode()).isEqualTo(2);
    assertThat(vague.err()).contains("nothing says what to convert lenet5 to");
  }

  @Test
  void layersOfOneSizeAreNamed() {
    Graph graph =
        Graph.build(
            "shuffled",
            Shape.of(4, 8, 8),
            x ->
                x.then("conv", Layer.conv(4, 3).padding(1))
                    .then("groups", Layer.reshape(4, 64))
                    .then("back", Layer.reshape(4, 8, 8))
                    .then("pool", Layer.maxPool(2))
                    .then(Layer.flatten())
                    .then(Layer.dense(2)));
    assertThatThrownBy(() -> graph.fullyConvolutional().stride(Graph.OUTPUT))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith(
            "shuffled cannot become fully convolutional: a layer of it needs images of one size")
        .hasMessageContaining("groups");
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() throws IOException {
    image("page.png", 40, 60);
    AppRun run = run("predict", "lenet5", "page.png", "--map", "maps", "--csv", "a.csv");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--csv applies to images as a whole");
    AppRun file = run("predict", "lenet5", "page.png", "--map", "page.png");
    assertThat(file.exitCode()).isEqualTo(2);
    assertThat(file.err()).contains("page.png");
  }

  private AppRun run(String... arguments) {
    return AppRun.in(folder, arguments);
  }

  private static JsonNode json(AppRun run) throws IOException {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private void image(String name, int height, int width) throws IOException {
    byte[] values = new byte[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i * 31 % 251);
    }
    Files.write(folder.resolve(name), ImageFile.png(Image.of(height, width, 1, values)));
  }
}
