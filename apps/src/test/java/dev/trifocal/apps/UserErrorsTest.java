package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A user's mistake is one message on the error stream and exit code 2")
class UserErrorsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "trifocal {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train --epoch 3 | error: Unknown options: '--epoch', '3' (did you mean --epochs?)
          trian | error: Unmatched argument at index 0: 'trian' (did you mean train?)
          evaluate | error: Missing required parameter: 'MODEL'
          evaluate lenet5 --split tset | error: Invalid value for option '--split': expected one of [TRAIN, VALIDATION, TEST, ALL] (case-insensitive) but was 'tset'
          """)
  void aMisusedCommandPointsToItsHelp(String arguments, String message) {
    AppRun run = AppRun.in(folder, arguments.split(" "));
    assertThat(run.err().lines().toList()).hasSize(2).first().isEqualTo(message);
    assertThat(run.err()).contains("--help'.");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest(name = "trifocal {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train --epochs 0 --optimizer adma --lr x | error: --epochs must be positive, but is 0; --optimizer must be one of adam, adamw, nadam, rmsprop, sgd, adagrad, but is 'adma' (did you mean adam?); --lr must be a number, but is 'x'
          train --backend onx | error: there is no backend 'onx' (did you mean onnx?); the backends are djl, dl4j, onnx
          train --device gpu:3 | error: backend onnx has no device gpu:3; it has [cpu]
          evaluate runs/gone | error: runs/gone does not exist; MODEL must be a zoo model, an .onnx file or a run directory
          train --model lenet6 | error: there is no model 'lenet6' in the zoo (did you mean lenet5?); 'trifocal zoo' lists all %d
          train --data digts | error: 'digts' is neither a data set (did you mean digits?) nor a folder; data sets are digits, shapes, and folders need one subfolder of images per class, images and masks, or x.npy and y.npy
          train --config no.conf | error: FOLDER/no.conf is not a file; expected a configuration file
          train --resume | error: there is no unfinished run in FOLDER/runs; specify one with --resume DIR
          train --resume nowhere | error: FOLDER/nowhere is not a run directory: it has no trifocal.conf
          summary net.onnx | error: FOLDER/net.onnx: cannot be read: there is no such file
          predict net.onnx a.png --width 2 | error: net.onnx is an ONNX file with its own network and weights; --width applies only to zoo models
          predict lenet5 a.png --mean 1,2 | error: --mean must be one number or three numbers separated by commas, but is '1,2'
          predict lenet5 a.png --std 0 | error: --std must not be 0
          predict lenet5 a.png --std -1 | error: --std must be positive, but is '-1'
          predict lenet5 a.png --mean NaN | error: --mean must be finite, but is 'NaN'
          predict lenet5 a.png --scale Infinity | error: --scale must be positive and finite, but is Infinity
          run lenet5 --input x.npy | error: no output is given; use --output FILE for one output or --outputs DIR for all
          train --head conv9 | error: lenet5 has no layer conv9 for --head (did you mean conv1?); 'trifocal summary MODEL --json' lists all paths
          train --freeze conv1,block | error: lenet5 has no layer block for --freeze; 'trifocal summary MODEL --json' lists all paths
          train --freeze all | error: lenet5: --freeze all leaves nothing to train; freeze fewer layers or add a new head with --head auto
          summary three-conv --input 3x0x300 | error: '3x0x300' is not an image shape; expected channels, height and width, such as 3x200x300
          train --width 0.5 | error: lenet5: does not support a width, but width is 0.5; omit it or choose another model
          predict lenet5 x.png --top -3 | error: --top must be positive, but is -3
          train --model net.tflite | error: net.tflite is a TensorFlow Lite file; convert it: python -m tf2onnx.convert --tflite model.tflite --output model.onnx
          train --width 0 | error: --width must be positive, but is 0
          summary vgg11 --width 2 | error: vgg11: does not support a width, but width is 2.0; omit it or choose another model
          train --partial | error: --partial requires weights to be set
          train --weights w.safetensors | error: FOLDER/w.safetensors: cannot be read: there is no such file
          summary lenet5 --batch 0 | error: --batch-size must be positive, but is 0
          """)
  void aWrongValueIsTheWholeMessage(String arguments, String message) {
    AppRun run = AppRun.in(folder, arguments.split(" "));
    assertThat(run.err().replace(folder.toString(), "FOLDER"))
        .isEqualTo(message.formatted(Zoo.list().size()) + "\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aMissingInputIsNamed() {
    AppRun run = AppRun.in(folder, "run", "lenet5", "--output", "y.npy", "--quiet");
    assertThat(run.err())
        .isEqualTo("error: lenet5 has the input input, but got none; use --input input=x.npy\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNotARunIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("mine"));
    assertThat(AppRun.in(folder, "summary", "mine").err())
        .isEqualTo(
            "error: mine is not a run directory: it holds neither trifocal.conf nor a checkpoint;"
                + " MODEL must be a zoo model, an .onnx file or a run directory\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train --find-lr --out taken", "evaluate lenet5 --report taken/report"})
  void aPlaceThatCannotBeWrittenToIsSaidBeforeTheWork(String command) throws IOException {
    Files.writeString(folder.resolve("taken"), "x");
    AppRun run = AppRun.in(folder, command.split(" "));
    assertThat(run.err())
        .isEqualTo("error: %s is a file; expected a folder\n".formatted(folder.resolve("taken")));
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"a.pth, a PyTorch file", "a.keras, a Keras file", "a.safetensors, a file of weights"})
  void aModelOfAnotherFormatIsNamed(String file, String what) throws IOException {
    Files.writeString(folder.resolve(file), "x");
    AppRun run = AppRun.in(folder, "summary", file);
    assertThat(run.err()).startsWith("error: %s is %s".formatted(file, what)).contains(";");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void aFolderWithSomethingElseInItIsNotTrainedInto() throws IOException {
    Files.writeString(folder.resolve("letter.txt"), "dear");
    AppRun run = AppRun.in(folder, "train", "--out", ".");
    assertThat(run.err()).isEqualTo("error: " + folder + "/. is not empty; choose another --out\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void theFileOfTheWorkingDirectoryIsRead() throws IOException {
    Files.writeString(folder.resolve("trifocal.conf"), "trifocal.batch-sise = 3");
    assertThat(AppRun.in(folder, "train").err())
        .isEqualTo(
            "error: trifocal.batch-sise is not a setting (did you mean trifocal.batch-size?)\n");
  }
}
