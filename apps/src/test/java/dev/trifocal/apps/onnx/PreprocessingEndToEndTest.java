package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.AppRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("How pictures are prepared, and the names of classes,")
class PreprocessingEndToEndTest {
  private static final String[] TITLED = {"--classes", "names.txt", "--preprocessing", "caffe"};

  private static final String[] PLAIN = {"predict", "plain.onnx", "a.png"};

  @TempDir static Path folder;

  @BeforeAll
  static void files() throws IOException {
    BufferedImage image = new BufferedImage(70, 50, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 50; y++) {
      for (int x = 0; x < 70; x++) {
        image.setRGB(x, y, x * 3 << 16 | y * 5 << 8 | (x * y) % 256);
      }
    }
    ImageIO.write(image, "png", folder.resolve("a.png").toFile());
    List<String> names = IntStream.range(0, 10).mapToObj(i -> "kind " + i).toList();
    Files.write(folder.resolve("names.txt"), names);
    run("export", "lenet5", "--input", "3x32x32", "--out", "plain.onnx");
    run(concat(new String[] {"export", "plain.onnx", "--out", "titled.onnx"}, TITLED));
    run(concat(new String[] {"export", "plain.onnx", "--pixels", "--out", "pixels.onnx"}, TITLED));
  }

  @Test
  void areRememberedByAnExportedFile() {
    AppRun flags = run(concat(PLAIN, TITLED));
    assertThat(flags.err()).isEmpty();
    assertThat(flags.out()).contains("kind 8");
    assertThat(run("predict", "titled.onnx", "a.png")).isEqualTo(flags);
    assertThat(run("predict", "plain.onnx", "a.png").out()).isNotEqualTo(flags.out());
  }

  @Test
  void canBeLayersOfTheFileItself() {
    assertThat(run("predict", "pixels.onnx", "a.png"))
        .isEqualTo(run("predict", "titled.onnx", "a.png"));
    assertThat(run("summary", "pixels.onnx").out()).contains("Affine", "Slice", "Concat");
  }

  @Test
  void canBeOverruledOneByOne() {
    String[] same = {"--mean", "104,117,123", "--std", "1", "--scale", "1", "--order", "bgr"};
    String[] all = {"--shorter-side", "37", "--classes", "names.txt"};
    assertThat(run(concat(PLAIN, concat(same, all))))
        .isEqualTo(run("predict", "titled.onnx", "a.png"));
    assertThat(run("predict", "titled.onnx", "a.png", "--order", "rgb").out())
        .isNotEqualTo(run("predict", "titled.onnx", "a.png").out());
  }

  @Test
  void areToldIfTheyAreOnlyAssumed() throws IOException {
    Path file = PublishedFiles.folder().resolve("models/mobilenet_v2_1.0_224.onnx");
    AppRun assumed = run("predict", file.toString(), "a.png");
    assertThat(assumed.err())
        .contains("does not specify its preprocessing; assuming --preprocessing symmetric")
        .contains("has 1,000 unnamed classes, perhaps those of ImageNet");
  }

  @Test
  void makeAPublishedNetworkSeeWhatAPictureShows() {
    Path assets = PublishedFiles.folder();
    AppRun seen =
        run(
            "predict",
            assets.resolve("models/mobilenet_v2_1.0_224.onnx").toString(),
            assets.resolve("images/parrot.jpg").toString(),
            "--preprocessing",
            "symmetric",
            "--top",
            "1",
            "--classes",
            assets.resolve("models/imagenet_labels_1000.txt").toString());
    assertThat(seen.err()).isEmpty();
    assertThat(seen.out()).contains("macaw").containsPattern("0[.]94[0-9]{2}");
  }

  @Test
  void goBeforeTheImagesOfADataSetToo() {
    AppRun.in(folder, "export", "lenet5", "--out", "gray.onnx");
    AppRun plain = run("evaluate", "gray.onnx", "--data", "digits");
    assertThat(run("evaluate", "gray.onnx", "--data", "digits", "--preprocessing", "unit"))
        .isEqualTo(plain);
    AppRun other =
        run("evaluate", "gray.onnx", "--data", "digits", "--mean", "0.1307", "--std", "0.3081");
    assertThat(other.exitCode()).isZero();
    assertThat(
            run(
                "evaluate",
                "gray.onnx",
                "--data",
                "digits",
                "--mean",
                "0.1307",
                "--deviation",
                "0.3081"))
        .as("the flag's earlier name")
        .isEqualTo(other);
    assertThat(other.out()).isNotEqualTo(plain.out());
  }

  private static AppRun run(String... arguments) {
    return AppRun.in(folder, arguments);
  }

  private static String[] concat(String[] first, String[] second) {
    String[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
