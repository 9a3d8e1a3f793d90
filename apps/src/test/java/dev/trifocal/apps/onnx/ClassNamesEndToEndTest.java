package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.AppRun;
import dev.trifocal.datasets.image.ImageFile;
import dev.trifocal.image.Image;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.ModelMetadata;
import dev.trifocal.onnx.OnnxFile;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier of eleven shades of gray, and images of them in the folders 0 to 10. */
@DisplayName("The classes of a file")
class ClassNamesEndToEndTest {
  private static final int CLASSES = 11;
  private static final int SIDE = 4;
  private static final double SHADE = 0.09;

  @TempDir private Path folder;

  @BeforeEach
  void images() throws IOException {
    for (int label = 0; label < CLASSES; label++) {
      for (int i = 0; i < 2; i++) {
        byte[] values = new byte[SIDE * SIDE];
        Arrays.fill(values, (byte) Math.round(255 * (SHADE * label + 0.01 * i)));
        Path file = folder.resolve("data/test/%d/%d.png".formatted(label, i));
        Files.createDirectories(file.getParent());
        Files.write(file, ImageFile.png(Image.of(SIDE, SIDE, 1, values)));
      }
    }
  }

  @Test
  void without_names_are_those_of_the_folders_in_order_and_that_is_said() {
    write(List.of());
    AppRun run = evaluate();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "note: net.onnx does not name its classes, so they are those of "
                + folder.resolve("data")
                + " in the order of their names: 0, 1, 10, 2, 3, 4, 5, 6, 7, 8, 9. Name them with"
                + " --classes FILE if this is wrong\n");
    assertThat(run.out()).contains("0.181818");
  }

  @Test
  void can_be_named_by_a_file() throws IOException {
    write(List.of());
    Files.writeString(
        folder.resolve("names.txt"),
        IntStream.range(0, CLASSES).mapToObj(String::valueOf).collect(Collectors.joining("\r\n")));
    AppRun run = evaluate("--classes", "names.txt");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("1.000000");
  }

  @Test
  void can_be_named_by_a_file_in_json() throws IOException {
    write(List.of());
    Files.writeString(
        folder.resolve("names.json"),
        IntStream.range(0, CLASSES)
            .mapToObj("\"%d\""::formatted)
            .collect(Collectors.joining(",\n", "[", "]\n")));
    AppRun run = evaluate("--classes", "names.json");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("1.000000");
  }

  @Test
  void a_json_file_without_names_is_refused() throws IOException {
    write(List.of());
    Files.writeString(folder.resolve("names.json"), "{\"epochs\": 3}");
    AppRun run = evaluate("--classes", "names.json");
    assertThat(run.err())
        .isEqualTo(
            "error: %s contains no class names; expected one per line, a JSON list, or a JSON object from 0, 1, 2 and so on to names\n"
                .formatted(folder.resolve("names.json")));
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void are_numbers_if_its_metadata_names_another_number_of_them() {
    write(List.of("dark", "bright"));
    AppRun run = AppRun.in(folder, "predict", "net.onnx", "data/test/3/0.png");
    assertThat(run.err())
        .isEqualTo(
            "note: net.onnx has 11 classes, but metadata with 2 class names, which are ignored;"
                + " name the classes with --classes FILE\n");
    assertThat(run.out()).contains("class 3");
  }

  private AppRun evaluate(String... more) {
    String[] words = {"evaluate", "net.onnx", "--data", "data"};
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return AppRun.in(folder, all);
  }

  /** Writes a file whose logits fall with the distance of the mean from each shade. */
  private void write(List<String> names) {
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("gray");
    String image = onnx.batchInput("data", Shape.of(1, SIDE, SIDE));
    String mean = onnx.node("Flatten", List.of(onnx.node("GlobalAveragePool", List.of(image))));
    float[] weights = new float[CLASSES];
    float[] bias = new float[CLASSES];
    for (int label = 0; label < CLASSES; label++) {
      double shade = SHADE * label;
      weights[label] = (float) (2000 * shade);
      bias[label] = (float) (-1000 * shade * shade);
    }
    String kernel = onnx.initializer("weights", Tensor.of(Shape.of(1, CLASSES), weights));
    String product = onnx.node("MatMul", List.of(mean, kernel));
    String shift = onnx.initializer("bias", Tensor.of(Shape.of(CLASSES), bias));
    onnx.batchOutput("scores", onnx.node("Add", List.of(product, shift)), Shape.of(CLASSES));
    ModelMetadata metadata =
        new ModelMetadata(names, Optional.of(Preprocessing.UNIT), Optional.empty(), "");
    var properties = metadata.properties();
    properties.remove("trifocal");
    OnnxFile.write(folder.resolve("net.onnx"), onnx.build(properties));
  }
}
