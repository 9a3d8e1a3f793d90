package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import dev.trifocal.apps.AppRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A mistake with an ONNX file is one message and exit code 2")
class OnnxUserErrorsTest {
  @TempDir static Path folder;

  @BeforeAll
  static void files() throws IOException {
    AppRun.in(folder, "export", "lenet5", "--out", "whole.onnx");
    byte[] whole = Files.readAllBytes(folder.resolve("whole.onnx"));
    Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(folder.resolve("letter.onnx"), "Dear friend, this is no network.");
    Files.write(folder.resolve("open.onnx"), open(ModelProto.parseFrom(whole)).toByteArray());
    Files.writeString(folder.resolve("two.txt"), "ant\nbee\n");
    Files.writeString(folder.resolve("none.txt"), "\n\n");
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", folder.resolve("a.png").toFile());
  }

  @ParameterizedTest(name = "trifocal {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          summary cut.onnx | error: FOLDER/cut.onnx is truncated, damaged or not an ONNX model: While parsing a protocol message, the input ended unexpectedly in the middle of a field.
          summary letter.onnx | error: FOLDER/letter.onnx is truncated, damaged or not an ONNX model: Protocol message end-group tag did not match expected tag.
          summary open.onnx | error: FOLDER/open.onnx: input 'input' leaves its size open: [N, 1, H, W]; give it, such as --input 3x224x224
          predict open.onnx a.png | error: FOLDER/open.onnx: input 'input' leaves its size open: [N, 1, H, W]; give it, such as --input 3x224x224
          export open.onnx --out out.onnx | error: FOLDER/open.onnx: input 'input' leaves its size open: [N, 1, H, W]; give it, such as --input 3x224x224
          predict whole.onnx a.png --classes gone.txt | error: FOLDER/gone.txt: cannot be read: there is no such file
          predict whole.onnx a.png --classes a.png | error: FOLDER/a.png is not UTF-8 text: line 1 has other bytes; expected one class name per line, saved as UTF-8
          predict whole.onnx a.png --classes none.txt | error: FOLDER/none.txt contains no class names; expected one class name per line
          predict whole.onnx a.png --classes two.txt | error: whole.onnx has 10 classes, but 2 class names were given
          train --model whole.onnx --head conv7 | error: whole has no layer conv7 for --head (did you mean conv1?); 'trifocal summary MODEL --json' lists all paths
          train --model whole.onnx --freeze features | error: whole has no layer features for --freeze; 'trifocal summary MODEL --json' lists all paths
          train --model whole.onnx --freeze all | error: whole: --freeze all leaves nothing to train; freeze fewer layers or add a new head with --head auto
          train --model whole.onnx --weights w.safetensors | error: FOLDER/whole.onnx is an ONNX file and has its own network and weights; weights applies to zoo models only
          export whole.onnx --out out.onnx --classes two.txt | error: whole.onnx has 10 classes, but 2 class names were given
          export open.onnx --input 1x28x28 --out out.onnx --pixels | error: open.onnx does not specify its preprocessing, which --pixels needs; specify it, for example with --preprocessing torchvision
          """)
  void andSaysWhatToDo(String arguments, String message) {
    AppRun run = AppRun.in(folder, arguments.split(" "));
    assertThat(run.err().replace(folder.toString(), "FOLDER")).isEqualTo(message + "\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("out.onnx")).doesNotExist();
  }

  /** With the height and width of its images named, and nothing in its metadata. */
  private static ModelProto open(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    var sizes = graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    sizes.getDimBuilder(2).setDimParam("H");
    sizes.getDimBuilder(3).setDimParam("W");
    return model.toBuilder().setGraph(graph).clearMetadataProps().build();
  }
}
