package dev.trifocal.apps.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.AppRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A model is measured on what it was not trained on, by the names of its classes")
class EvaluationEndToEndTest {
  private static final int GREEN = 0x20C020;

  @TempDir Path folder;

  @BeforeEach
  void a_run_on_red_and_blue() {
    new ColorFolder(folder.resolve("colors"))
        .add("red", ColorFolder.RED, 30)
        .add("blue", ColorFolder.BLUE, 30);
    AppRun run = train("--data", "colors", "--out", "run");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("note: only ", "to choose the best epoch by");
    assertThat(AppRun.in(folder, "export", "run", "--out", "net.onnx").exitCode()).isZero();
  }

  @Test
  void classes_in_another_order_and_fewer_of_them_are_paired_by_name() {
    new ColorFolder(folder.resolve("reds")).add("test/red", ColorFolder.RED, 7);
    new ColorFolder(folder.resolve("blues")).add("test/blue", ColorFolder.BLUE, 7);
    for (String data : List.of("reds", "blues")) {
      AppRun run = AppRun.in(folder, "evaluate", "net.onnx", "--data", data, "--split", "test");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(row(run.out(), "test")).contains(" 7 ").endsWith("1.000000");
    }
  }

  @Test
  void a_class_that_the_model_does_not_know_is_refused_with_both_lists() {
    new ColorFolder(folder.resolve("others")).add("green", GREEN, 6).add("red", ColorFolder.RED, 6);
    AppRun run = AppRun.in(folder, "evaluate", "net.onnx", "--data", "others");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("has the class green, which net.onnx lacks")
        .contains("the model has blue, red, the data green, red");
  }

  @Test
  void data_of_others_is_measured_whole_and_its_own_by_the_parts_held_out() {
    new ColorFolder(folder.resolve("more"))
        .add("red", ColorFolder.RED, 20)
        .add("blue", ColorFolder.BLUE, 30);

    AppRun whole = AppRun.in(folder, "evaluate", "run", "--data", "more");

    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(row(whole.out(), "all")).contains(" 50 ");
    assertThat(whole.out()).doesNotContain("validation");
    assertThat(whole.err()).contains("note: run was not trained on", "evaluating all 50 samples");
    AppRun part = AppRun.in(folder, "evaluate", "run", "--data", "more", "--split", "test");
    assertThat(part.out()).contains("test").doesNotContain("all");

    AppRun own = AppRun.in(folder, "evaluate", "run");
    assertThat(own.err()).isEmpty();
    assertThat(own.out()).contains("validation", "test").doesNotContain("all ");
    assertThat(AppRun.in(folder, "evaluate", "run", "--data", "colors")).isEqualTo(own);
  }

  @Test
  void data_that_has_moved_is_still_its_own() throws IOException {
    AppRun before = AppRun.in(folder, "evaluate", "run");
    Files.move(folder.resolve("colors"), folder.resolve("elsewhere"));
    AppRun after = AppRun.in(folder, "evaluate", "run", "--data", "elsewhere");
    assertThat(after.out()).isEqualTo(before.out());
    assertThat(after.err()).isEmpty();
  }

  @Test
  void a_run_notices_that_its_data_has_changed() throws IOException {
    for (String picture : List.of("colors/red/00.png", "colors/blue/07.png")) {
      byte[] content = Files.readAllBytes(folder.resolve(picture));
      Files.delete(folder.resolve(picture));

      AppRun run = AppRun.in(folder, "evaluate", "run");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).contains("colors has changed since run was trained on it (");

      Files.write(folder.resolve(picture), content);
      assertThat(AppRun.in(folder, "evaluate", "run").err()).isEmpty();
    }
    Files.delete(folder.resolve("colors/red/00.png"));
    AppRun more = AppRun.in(folder, "train", "--resume", "run", "--epochs", "3");
    assertThat(more.exitCode()).as(more.err()).isZero();
    assertThat(more.err()).contains("colors has changed since").contains(" was trained on it (");
  }

  @Test
  void a_part_that_may_have_been_trained_on_is_noted() {
    AppRun drawn = AppRun.in(folder, "evaluate", "net.onnx", "--data", "colors");
    assertThat(drawn.err())
        .contains("note: the validation and test images of ", "are drawn from its training images");
    new ColorFolder(folder.resolve("parted"))
        .add("train/red", ColorFolder.RED, 20)
        .add("train/blue", ColorFolder.BLUE, 20)
        .add("val/red", ColorFolder.RED, 2)
        .add("val/blue", ColorFolder.BLUE, 2)
        .add("test/red", ColorFolder.RED, 2);
    assertThat(AppRun.in(folder, "evaluate", "net.onnx", "--data", "parted").err()).isEmpty();
  }

  @Test
  void a_file_without_data_is_told_what_to_add() {
    AppRun run = AppRun.in(folder, "evaluate", "net.onnx");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("error: net.onnx does not name its data; add --data DATA")
        .doesNotContain("digits");
  }

  @Test
  void the_report_of_other_data_shows_its_pictures_by_their_files() throws IOException {
    new ColorFolder(folder.resolve("more"))
        .add("red", ColorFolder.RED, 10)
        .add("blue", ColorFolder.RED, 10);
    AppRun run = AppRun.in(folder, "evaluate", "run", "--data", "more", "--report", "report");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readString(folder.resolve("report/report.html"))).contains("blue/0");
  }

  private AppRun train(String... more) {
    List<String> flags =
        List.of(
            "train",
            "--model",
            "lenet5",
            "--size",
            "32",
            "--channels",
            "3",
            "--epochs",
            "2",
            "--batch-size",
            "8",
            "--no-tensorboard");
    return AppRun.in(folder, Stream.concat(flags.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private static String row(String table, String name) {
    return table.lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
  }
}
