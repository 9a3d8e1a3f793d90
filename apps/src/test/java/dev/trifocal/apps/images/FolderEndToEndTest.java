package dev.trifocal.apps.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.AppRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder of pictures is trained on, and the model remembers how it saw them")
class FolderEndToEndTest {
  private static final String ROT = "Süße Äpfel";

  @TempDir Path folder;

  @BeforeEach
  void set_up() {
    new ColorFolder(folder.resolve("my data"))
        .add("train/" + ROT, ColorFolder.RED, 20)
        .add("train/blue", ColorFolder.BLUE, 20)
        .add("val/" + ROT, ColorFolder.RED, 4)
        .add("val/blue", ColorFolder.BLUE, 4)
        .text("train/blue/broken.jpg");
  }

  @Test
  void from_training_to_the_exported_file() throws IOException {
    AppRun run = train("--augment", "flip,rotate=5,mixup=0.1", "--preprocessing", "symmetric");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("note: 1 of the pictures in")
        .contains("broken.jpg is not a picture");
    assertThat(Files.readString(folder.resolve("run/trifocal.conf")))
        .contains(
            "size = 32",
            "channels = 3",
            "augment = \"flip,rotate=5,mixup=0.1\"",
            "shorter-side = 32",
            "mean = 0.5",
            "std = 0.5");

    String accuracy = accuracy(run.out());
    AppRun evaluated = AppRun.in(folder, "evaluate", "run", "--split", "test");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(accuracy(evaluated.out())).isEqualTo(accuracy);

    String image = "my data/val/blue/00.png";
    String predicted = AppRun.in(folder, "predict", "run", image, "--json").out();
    assertThat(predicted).contains("\"blue\"", "\"" + ROT + "\"");

    assertThat(AppRun.in(folder, "export", "run", "--out", "net.onnx").exitCode()).isZero();
    assertThat(AppRun.in(folder, "predict", "net.onnx", image, "--json").out())
        .isEqualTo(predicted);
    AppRun ofFile = AppRun.in(folder, "evaluate", "net.onnx", "--data", "my data");
    assertThat(ofFile.exitCode()).as(ofFile.err()).isZero();
    assertThat(accuracy(ofFile.out())).isEqualTo(accuracy);
  }

  @Test
  void an_interrupted_training_goes_on_with_the_same_pictures() throws IOException {
    assertThat(train("--augment", "crop,flip,jitter").exitCode()).isZero();
    String whole = Files.readString(folder.resolve("run/history.json"));

    AppRun once = train("--out", "other", "--epochs", "1", "--augment", "crop,flip,jitter");
    assertThat(once.exitCode()).as(once.err()).isZero();
    AppRun more = AppRun.in(folder, "train", "--resume", "other", "--epochs", "2");

    assertThat(more.exitCode()).as(more.err()).isZero();
    assertThat(losses(Files.readString(folder.resolve("other/history.json"))))
        .isEqualTo(losses(whole));
  }

  @Test
  void what_would_change_the_result_cannot_be_changed_on_the_way() {
    assertThat(train("--epochs", "1").exitCode()).isZero();

    AppRun other =
        AppRun.in(
            folder,
            "train",
            "--resume",
            "run",
            "--epochs",
            "2",
            "--augment",
            "flip",
            "--size",
            "28");

    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err())
        .contains("size was 32, but is now 28")
        .contains("augment was none, but is now flip");
  }

  @Test
  void flags_that_are_wrong_are_told_before_anything_is_written() {
    AppRun augment = train("--augment", "flop");
    assertThat(augment.exitCode()).isEqualTo(2);
    assertThat(augment.err()).contains("'flop' is no augmentation (did you mean flip?)");

    AppRun several = train("--channels", "2", "--size", "big", "--image-cache", "ram");
    assertThat(several.exitCode()).isEqualTo(2);
    assertThat(several.err())
        .contains("--size is wrong: 'big' is not the size of a picture; write 224, or height")
        .contains("--image-cache must be one of memory, disk, none, but is 'ram'")
        .contains("--channels is wrong: it should be 3 for colours or 1 for gray");

    AppRun strict = train("--strict");
    assertThat(strict.exitCode()).isEqualTo(2);
    assertThat(strict.err()).contains("1 of the pictures cannot be read").contains("broken.jpg");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void a_network_of_the_zoo_says_how_its_pictures_are_prepared_at_any_size() throws IOException {
    AppRun run =
        AppRun.in(
            folder,
            "train",
            "--data",
            "my data",
            "--model",
            "squeezenet1_1",
            "--size",
            "64",
            "--epochs",
            "1",
            "--batch-size",
            "20",
            "--out",
            "zoo");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readString(folder.resolve("zoo/trifocal.conf")))
        .as("256 pixels for 224 are 74 for 64")
        .contains("size = 64", "channels = 3", "shorter-side = 74", "order = rgb")
        .contains("mean = \"0.485,0.456,0.406\"", "std = \"0.229,0.224,0.225\"");
  }

  @Test
  void bad_folders_are_told_in_one_message() {
    ColorFolder alone = new ColorFolder(folder.resolve("alone"));
    alone.add("red", ColorFolder.RED, 2);
    refused("alone", "has one class only, red");

    alone.add("blue", ColorFolder.BLUE, 1);
    refused("alone", "has 3 pictures for training and none for validation");

    new ColorFolder(folder.resolve("flat")).add(".", ColorFolder.RED, 2);
    refused("flat", "has no classes: its pictures lie directly in it");
  }

  private void refused(String data, String words) {
    AppRun run = AppRun.in(folder, "train", "--data", data, "--out", "never");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(words).hasLineCount(1);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  private AppRun train(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                "my data",
                "--model",
                "lenet5",
                "--batch-size",
                "8",
                "--schedule",
                "constant",
                "--threads",
                "1"));
    List<String> given = List.of(more);
    arguments.addAll(given);
    if (!given.contains("--out")) {
      arguments.addAll(List.of("--out", "run"));
    }
    if (!given.contains("--size")) {
      arguments.addAll(List.of("--size", "32", "--channels", "3"));
    }
    if (!given.contains("--epochs")) {
      arguments.addAll(List.of("--epochs", "2"));
    }
    return AppRun.in(folder, arguments.toArray(String[]::new));
  }

  /** The last line of the last table. */
  private static String accuracy(String out) {
    Matcher line = Pattern.compile("test +\\d+ .*").matcher(out);
    assertThat(line.find()).as(out).isTrue();
    return line.group().replaceAll(" +", " ");
  }

  private static List<String> losses(String history) {
    return Pattern.compile("\"(val_)?loss\" ?: [0-9.E-]+")
        .matcher(history)
        .results()
        .map(result -> result.group())
        .toList();
  }
}
