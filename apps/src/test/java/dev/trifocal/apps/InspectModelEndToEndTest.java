package dev.trifocal.apps;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.flatten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.zoo.Zoo;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The values of layers are shown as statistics and pictures")
class InspectModelEndToEndTest {
  @TempDir Path folder;

  @BeforeEach
  void writeImage() throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(14, 9, 0, 255);
    ImageIO.write(image, "png", folder.resolve("seven.png").toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "djl", "dl4j", "auto"})
  void everyLayerIsListed(String backend) throws IOException {
    AppRun run =
        AppRun.in(folder, "inspect", "lenet5", "seven.png", "--json", "--backend", backend);
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode layers = new ObjectMapper().readTree(run.out()).get("layers");
    JsonNode input = layers.get(0);
    assertThat(input.get("mean").asDouble()).isCloseTo(1 / 784.0, within(1e-9));
    assertThat(input.get("zeros").asDouble()).isCloseTo(783 / 784.0, within(1e-9));
    assertThat(layers)
        .hasSameSizeAs(Zoo.find("lenet5").graph().nodes())
        .allSatisfy(layer -> assertThat(layer.get("not_finite").asInt()).isZero())
        .allSatisfy(layer -> assertThat(layer.get("std").asDouble()).isPositive());
    JsonNode last = layers.get(layers.size() - 1);
    assertThat(last.get("shape").get(0).asInt()).isEqualTo(10);
  }

  @Test
  void kernelsAndFeatureMapsAreDrawn() throws IOException {
    AppRun run =
        AppRun.in(
            folder, "inspect", "lenet5", "seven.png", "--layer", "conv1", "--out", "new/maps");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("layer", "std", "kernels: new/maps/kernels-conv1.png")
        .endsWith("feature maps: new/maps/feature-maps-conv1.png\n");
    // 6 kernels of 5x5 pixels and 6 maps of 28x28, in rows of 3.
    BufferedImage kernels = ImageIO.read(folder.resolve("new/maps/kernels-conv1.png").toFile());
    assertThat(kernels.getWidth()).isEqualTo(4 + 3 * (95 + 4));
    BufferedImage maps = ImageIO.read(folder.resolve("new/maps/feature-maps-conv1.png").toFile());
    assertThat(maps.getHeight()).isEqualTo(4 + 2 * (84 + 4));
  }

  @Test
  void aModelThatDoesNotClassifyIsInspectedToo() {
    AppRun run = AppRun.in(folder, "inspect", "unet", "seven.png", "--input", "1x32x32");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("32x32");
  }

  @Test
  void thatThereAreNoKernelsIsSaid() {
    Graph deep = Graph.build("deep", Shape.of(1, 28, 28), x -> x.then(flatten()).then(dense(3)));
    OnnxExporter.write(folder.resolve("deep.onnx"), deep, deep.initialWeights(1), Map.of());
    AppRun none = AppRun.in(folder, "inspect", "deep.onnx", "seven.png", "--out", "maps");
    assertThat(none.exitCode()).as(none.err()).isZero();
    assertThat(none.err()).contains("note: the model has no convolution whose kernels");
  }

  @Test
  void anImageThatIsMissingIsNamedBeforeTheModelIsOpened() {
    AppRun run = AppRun.in(folder, "inspect", "nowhere.onnx", "eight.png");
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).contains("eight.png").doesNotContain("\tat ");
  }

  @Test
  void whatCannotBeDrawnIsRefusedBeforeAnythingIsWritten() throws IOException {
    AppRun unknown =
        AppRun.in(folder, "inspect", "lenet5", "seven.png", "--layer", "cnv1", "--out", "maps");
    assertThat(unknown.exitCode()).isNotZero();
    assertThat(unknown.err()).contains("cnv1", "--layer", "conv1");
    AppRun flat =
        AppRun.in(folder, "inspect", "lenet5", "seven.png", "--layer", "fc1", "--out", "maps");
    assertThat(flat.exitCode()).isNotZero();
    assertThat(flat.err()).contains("only feature maps [C, H, W] can be drawn");
    AppRun nowhere = AppRun.in(folder, "inspect", "lenet5", "seven.png", "--layer", "conv1");
    assertThat(nowhere.exitCode()).isNotZero();
    assertThat(nowhere.err()).contains("add --out DIR");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}
