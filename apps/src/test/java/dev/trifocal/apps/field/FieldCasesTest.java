package dev.trifocal.apps.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.trifocal.apps.AppRun;
import dev.trifocal.apps.onnx.PublishedFiles;
import dev.trifocal.datasets.npy.Npy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports of the field, tried as whoever filed them would have; skipped where they are absent. */
class FieldCasesTest {
  @TempDir private Path work;

  /**
   * @param folder of the case
   * @param command one of the program; {@code CASE} is the folder, {@code WORK} an empty one
   * @param preparation of the empty folder
   * @param expectation of what was printed and written
   */
  private record FieldCase(
      String folder, String command, Preparation preparation, Expectation expectation) {
    @Override
    public String toString() {
      return folder;
    }
  }

  private interface Preparation {
    void make(Path field, Path work) throws IOException;
  }

  private interface Expectation {
    void holds(AppRun run, Path field, Path work) throws IOException;
  }

  static Stream<FieldCase> cases() {
    return Stream.of(
        of(
            "jpeg-jfif-with-adobe-rgb",
            "predict CASE/model.onnx CASE/picture.jpg CASE/same-without-jfif.jpg"
                + " --preprocessing unit --top 1",
            (run, field, work) ->
                assertThat(run.out().lines().skip(1).map(line -> line.strip().split(" +")))
                    .as("Pillow's pixels, which are not those of the other picture")
                    .extracting(cells -> String.join(" ", List.of(cells).subList(1, cells.length)))
                    .containsExactly("class 3 0.7364", "class 3 0.9454")),
        prepared(
            "gif-first-frame-smaller",
            "datasets inspect WORK/d",
            (field, work) -> {
              for (String each : List.of("a", "b")) {
                Path folder = Files.createDirectories(work.resolve("d").resolve(each));
                Files.copy(field.resolve("picture.gif"), folder.resolve("picture.gif"));
              }
            },
            (run, field, work) ->
                assertThat(run.out()).containsPattern("largest +64 +96 +picture.gif")),
        of(
            "folder-webp-ignored",
            "train --model lenet5 --data CASE/data --size 28 --epochs 1 --no-tensorboard"
                + " --out WORK/run",
            (run, field, work) -> assertThat(samples(run.out())).isEqualTo(pictures(field))),
        of(
            "classes-file-with-bom",
            "export CASE/model.onnx --classes CASE/classes.txt --out WORK/out.onnx",
            (run, field, work) ->
                assertThat(Files.readString(work.resolve("out.onnx"), StandardCharsets.ISO_8859_1))
                    .contains("[\"ant\",")
                    .doesNotContain("\u00EF\u00BB\u00BF")),
        of(
            "metadata-python-list",
            "predict CASE/model.onnx CASE/picture.png --preprocessing unit",
            (run, field, work) -> assertThat(run.out()).contains("ant", "bee")),
        of(
            "metadata-python-list",
            "run CASE/model.onnx --input CASE/x.npy --output WORK/y.npy",
            (run, field, work) -> assertThat(work.resolve("y.npy")).exists()),
        of(
            "safetensors-half",
            "export lenet5 --weights CASE/half.safetensors --out WORK/m.onnx",
            (run, field, work) -> assertThat(work.resolve("m.onnx")).exists()),
        prepared(
            "external-data-hf-cache",
            "run WORK/snapshots/a/onnx/model.onnx --input CASE/x.npy --output WORK/y.npy",
            (field, work) -> {
              Path snapshot = Files.createDirectories(work.resolve("snapshots/a/onnx"));
              Path blobs = Files.createDirectory(work.resolve("blobs"));
              for (String name : List.of("model.onnx", "model.onnx_data")) {
                Files.copy(field.resolve(name), blobs.resolve(name + "-blob"));
                Files.createSymbolicLink(
                    snapshot.resolve(name), Path.of("../../../blobs", name + "-blob"));
              }
            },
            (run, field, work) ->
                assertThat(Npy.read(work.resolve("y.npy")).toFloats())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(Npy.read(field.resolve("gold.npy")).toFloats())),
        new FieldCase(
            "predict-one-broken",
            "predict CASE/model.onnx CASE/picture.png CASE/broken.jpg CASE/other.png"
                + " --preprocessing unit --top 1",
            (field, work) -> {},
            (run, field, work) -> {
              assertThat(run.exitCode()).isEqualTo(2);
              assertThat(run.out())
                  .contains("picture.png", "other.png")
                  .doesNotContain("broken.jpg");
              assertThat(run.err()).contains("broken.jpg: cannot be read");
            }));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void is_mended(FieldCase each) throws IOException {
    Path field = PublishedFiles.folder().resolve("field").resolve(each.folder());
    assumeThat(field).isDirectory();
    each.preparation().make(field, work);
    String[] words =
        Stream.of(each.command().split(" "))
            .map(word -> word.replace("CASE", field.toString()).replace("WORK", work.toString()))
            .toArray(String[]::new);

    AppRun run = AppRun.in(work, words);

    each.expectation().holds(run, field, work);
  }

  private static FieldCase of(String folder, String command, Expectation expectation) {
    return prepared(folder, command, (field, work) -> {}, expectation);
  }

  /** One that ends well. */
  private static FieldCase prepared(
      String folder, String command, Preparation preparation, Expectation expectation) {
    return new FieldCase(
        folder,
        command,
        preparation,
        (run, field, work) -> {
          assertThat(run.exitCode()).as(run.err()).isZero();
          expectation.holds(run, field, work);
        });
  }

  /** As the first line counts them, for training, validation and test. */
  private static long samples(String out) {
    String counts = out.lines().findFirst().orElseThrow().replaceFirst(".*parameters, ", "");
    return Stream.of(counts.split("\\D+")).mapToLong(Long::parseLong).sum();
  }

  private static long pictures(Path field) throws IOException {
    try (Stream<Path> files = Files.walk(field.resolve("data"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
