package dev.trifocal.apps.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trifocal.apps.AppRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What went wrong in the field in training and evaluation, where the cases are present")
class FieldCasesOfTrainingTest {
  private static final Path CASES = Path.of("../../shared/assets/field").toAbsolutePath();

  private final Locale before = Locale.getDefault();
  @TempDir Path folder;

  @BeforeEach
  void the_cases_are_there() {
    assumeTrue(Files.isDirectory(CASES), "the cases of the field are not here");
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void one_step_is_taken_at_a_rate_that_learns() {
    AppRun run = train(data("one-step-learns-nothing"), "1");
    assertThat(run.out()).containsPattern("epoch 1/1 .* lr 0\\.00200");
  }

  @Test
  void other_classes_are_refused_with_both_lists() {
    AppRun run = evaluate("evaluate-other-classes");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("the model has ant, bee, cat, the data bee, cat, zebra");
  }

  @Test
  void a_test_part_alone_is_measured() {
    AppRun run = evaluate("evaluate-test-part-only", "--split", "test");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("test +9 ");
  }

  @Test
  void a_removed_picture_is_noticed_and_moves_no_other() throws IOException {
    Path data = folder.resolve("data");
    copy(Path.of(data("folder-changed-since-training")), data);
    assertThat(train(data.toString(), "1").exitCode()).isZero();
    Files.delete(data.resolve("a/0.png"));
    AppRun run = AppRun.in(folder, "evaluate", "run");
    assertThat(run.err()).contains("data has changed since run was trained on it");
    AppRun more = AppRun.in(folder, "train", "--resume", "run", "--epochs", "2");
    assertThat(more.exitCode()).as(more.err()).isZero();
    assertThat(more.err()).contains("has changed since");
  }

  @Test
  void parts_called_training_and_testing_are_parts() {
    AppRun run = AppRun.in(folder, "datasets", "inspect", data("folder-training-testing"));
    assertThat(run.out()).contains("16 images, 2 classes", "glioma", "notumor", "train", "test");
    assertThat(run.out()).doesNotContain("Testing ");
  }

  @Test
  void digits_of_a_report_are_ascii_in_every_language() throws IOException {
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    assertThat(train(data("locale-arabic-report"), "2").exitCode()).isZero();
    assertThat(Files.readString(folder.resolve("run/report.html")))
        .contains("viewBox=\"0 0 520 300\"")
        .doesNotContainPattern("[\u0660-\u0669\u06f0-\u06f9]");
  }

  @Test
  void class_names_with_other_letters_stay_apart() {
    AppRun run = AppRun.in(folder, "datasets", "inspect", data("locale-c-class-lost"));
    assertThat(run.out()).contains("12 images, 3 classes", "\u732b", "\u72d7");
  }

  private AppRun train(String data, String epochs) {
    return AppRun.in(
        folder,
        "train",
        "--model",
        "lenet5",
        "--data",
        data,
        "--size",
        "28",
        "--epochs",
        epochs,
        "--no-tensorboard",
        "--out",
        "run");
  }

  private AppRun evaluate(String name, String... more) {
    String model = CASES.resolve(name).resolve("model.onnx").toString();
    return AppRun.in(
        folder,
        Stream.concat(Stream.of("evaluate", model, "--data", data(name)), Stream.of(more))
            .toArray(String[]::new));
  }

  private static String data(String name) {
    return CASES.resolve(name).resolve("data").toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Path place = to.resolve(from.relativize(file).toString());
              if (Files.isDirectory(file)) {
                Files.createDirectories(place);
              } else {
                Files.write(place, Files.readAllBytes(file));
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
