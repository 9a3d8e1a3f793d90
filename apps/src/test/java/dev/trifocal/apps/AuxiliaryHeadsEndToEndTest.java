package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Auxiliary heads take part in training and are gone afterwards")
class AuxiliaryHeadsEndToEndTest {
  @TempDir static Path folder;

  @Test
  void googlenetTrainsWithThemAndIsEvaluatedAndExportedWithoutThem() throws IOException {
    writeImages();
    AppRun run =
        AppRun.in(
            folder,
            "train",
            "--model",
            "googlenet-bn",
            "--data",
            "pictures",
            "--epochs",
            "1",
            "--batch-size",
            "16",
            "--out",
            "run");
    assertThat(run.err()).startsWith("note: only 4 validation samples ").hasLineCount(1);
    assertThat(run.exitCode()).isZero();

    assertThat(text("run/last/state.json"))
        .contains("\"output\" : \"aux1\"", "\"output\" : \"aux2\"", "\"AUXILIARY\"")
        .containsPattern("\"weight\" : 0.3");
    assertThat(text("run/last/graph.json")).contains("\"aux1.fc2\"");
    assertThat(text("run/model.onnx")).contains("inception5b").doesNotContain("aux1", "aux2");

    String evaluation = AppRun.in(folder, "evaluate", "run").out();
    String test = evaluation.lines().filter(line -> line.startsWith("test ")).findFirst().get();
    String held =
        evaluation.lines().filter(line -> line.startsWith("validation ")).findFirst().get();
    assertThat(run.out()).contains(test, held);

    assertThat(AppRun.in(folder, "summary", "run").out()).doesNotContain("aux1");
    AppRun resumed = AppRun.in(folder, "train", "--resume", "run", "--epochs", "2");
    assertThat(resumed.err()).startsWith("note: only 4 validation samples ").hasLineCount(1);
    assertThat(resumed.exitCode()).isZero();
  }

  private static void writeImages() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Shape shape = Shape.of(40, 3, 33, 35);
    RandomStream stream = RandomStream.of(3);
    Tensor images =
        Tensor.floats(
            shape,
            buffer -> {
              for (int i = 0; i < buffer.capacity(); i++) {
                buffer.put(i, (float) stream.gaussian(i));
              }
            });
    Npy.write(pictures.resolve("x.npy"), images);
    long[] ids = LongStream.range(0, 40).map(i -> i % 3).toArray();
    Npy.write(pictures.resolve("y.npy"), Tensor.of(Shape.of(40), ids));
  }

  private static String text(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1);
  }
}
