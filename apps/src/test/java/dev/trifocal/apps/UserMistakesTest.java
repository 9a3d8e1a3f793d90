package dev.trifocal.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A user's mistake is one message on the error stream and exit code 2")
class UserMistakesTest {
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
          run lenet5 --input x.npy | error: Missing required option: '--output=FILE'
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
          train --backend onx | error: there is no backend 'onx' (did you mean onnx?); there are: djl, dl4j, onnx
          train --device gpu:3 | error: backend onnx has no device gpu:3; it has [cpu]
          evaluate runs/gone | error: runs/gone is not there; MODEL is a zoo name or a run directory
          train --model lenet6 | error: there is no model 'lenet6' in the zoo (did you mean lenet5?); 'trifocal zoo' lists all %d
          train --data digts | error: 'digts' is neither a data set (did you mean digits?) nor a folder; data sets are digits, and a folder needs x.npy and y.npy
          train --config no.conf | error: FOLDER/no.conf is not a file; it should hold settings
          train --resume | error: there is no unfinished run in FOLDER/runs; name one: --resume DIR
          train --resume nowhere | error: FOLDER/nowhere is not a run directory: it has no trifocal.conf
          summary net.onnx | error: net.onnx is an ONNX file, which cannot be read yet; MODEL is a zoo name or a run directory
          summary three-conv --input 3x0x300 | error: '3x0x300' is not the shape of an image; write channels, height and width: 3x200x300
          summary lenet5 --batch 0 | error: --batch-size must be positive, but is 0
          """)
  void aWrongValueIsTheWholeMessage(String arguments, String message) {
    AppRun run = AppRun.in(folder, arguments.split(" "));
    assertThat(run.err().replace(folder.toString(), "FOLDER")).isEqualTo(message + "\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNotARunIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("mine"));
    assertThat(AppRun.in(folder, "summary", "mine").err())
        .isEqualTo(
            "error: mine is not a run directory: it has no trifocal.conf; MODEL is a zoo name or a"
                + " run directory\n");
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
