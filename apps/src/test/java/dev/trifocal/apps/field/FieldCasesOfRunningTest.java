package dev.trifocal.apps.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.trifocal.apps.AppRun;
import dev.trifocal.apps.onnx.PublishedFiles;
import dev.trifocal.datasets.npy.Npy;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Files of the field run, where the cases are present")
class FieldCasesOfRunningTest {
  @TempDir private Path work;

  @ParameterizedTest
  @CsvSource({
    "run-open-rank3, --input CASE/x.npy",
    "run-two-open-images, --input a=CASE/a.npy --input b=CASE/b.npy",
    "run-two-open-images, --input b=CASE/b.npy --input a=CASE/a.npy",
    "run-unused-input, --input x=CASE/x.npy --input unused=CASE/unused.npy",
    "run-unused-input, --input CASE/x.npy"
  })
  void to_the_numbers_of_onnx_runtime(String name, String inputs) {
    Path field = field(name);
    assertThat(run(field, inputs).exitCode()).isZero();
    assertThat(made().toFloats())
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(Npy.read(field.resolve("gold.npy")).toFloats());
  }

  @Test
  void with_labels_of_text_beside_the_probabilities() {
    AppRun run = run(field("run-string-label"), "--input CASE/x.npy --output-name p");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(made().shape()).isEqualTo(Shape.of(2, 5));
  }

  @Test
  void to_nothing_where_nothing_is_found() {
    AppRun run =
        run(
            field("run-no-detections"),
            "--input boxes=CASE/boxes.npy --input scores=CASE/scores.npy");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("[0, 3]");
    assertThat(work.resolve("y.npy")).exists();
  }

  @Test
  void or_are_refused_with_the_operator_that_is_unknown() {
    AppRun run = run(field("run-custom-operator"), "--input CASE/x.npy");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("ONNX Runtime cannot run this file: mmdeploy:MyNms(-1)")
        .doesNotContain("internal error", "bug in Trifocal");
  }

  private static Path field(String name) {
    Path field = PublishedFiles.folder().resolve("field").resolve(name);
    assumeThat(field).isDirectory();
    return field;
  }

  private AppRun run(Path field, String inputs) {
    return AppRun.in(
        work,
        Stream.of(("run CASE/model.onnx " + inputs + " --output y.npy").split(" "))
            .map(word -> word.replace("CASE", field.toString()))
            .toArray(String[]::new));
  }

  private Tensor made() {
    return Npy.read(work.resolve("y.npy"));
  }
}
