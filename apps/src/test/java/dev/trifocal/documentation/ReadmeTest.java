package dev.trifocal.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.apps.folder.FruitFolder;
import dev.trifocal.backend.Backend;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.image.Preprocessing;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.selection.Backends;
import dev.trifocal.shape.Shape;
import dev.trifocal.vision.ImageClassifier;
import dev.trifocal.zoo.ModelOptions;
import dev.trifocal.zoo.Zoo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {
  private static final Path REPOSITORY = repository();
  private static final Pattern LINK = Pattern.compile("]\\(([^):#]+)(#[^)]*)?\\)");
  private static final int SAMPLE_LINES = 15;

  @ParameterizedTest
  @CsvSource({"sample, ReadmeSample", "transfer, TransferSample", "predict, ClassifierSample"})
  void a_sample_is_the_code_that_is_compiled_here(String name, String file) throws IOException {
    String source =
        Files.readString(
            REPOSITORY.resolve("apps/src/test/java/dev/trifocal/documentation/" + file + ".java"));
    String compiled = between(source, "// sample: begin\n", "// sample: end");
    String code = sample(name).replaceAll("(?m)^import .*\n", "");
    assertThat(code).isEqualToIgnoringWhitespace(compiled);
  }

  @Test
  void the_sample_of_pretrained_networks_is_the_code_that_is_compiled_here() throws IOException {
    String source =
        Files.readString(
            REPOSITORY.resolve(
                "apps/src/test/java/dev/trifocal/documentation/PretrainedSample.java"));
    String document = Files.readString(REPOSITORY.resolve("docs/pretrained.md"));
    assertThat(between(document, "```java\n", "```"))
        .isEqualToIgnoringWhitespace(between(source, "// sample: begin\n", "// sample: end"));
  }

  @Test
  void the_first_sample_shows_the_imports_that_it_is_compiled_with() throws IOException {
    String source =
        Files.readString(
            REPOSITORY.resolve("apps/src/test/java/dev/trifocal/documentation/ReadmeSample.java"));
    assertThat(imports(sample("sample"))).isNotEmpty().isEqualTo(imports(source));
  }

  @Test
  void the_dependencies_beside_the_first_sample_are_those_of_an_example() throws IOException {
    String pom = Files.readString(REPOSITORY.resolve("examples/train/pom.xml"));
    String block = between(section("dependencies"), "```xml\n", "```").replaceAll("\\s", "");
    String[] parts = block.split("(?<=</dependencyManagement>)");
    assertThat(parts).hasSize(2);
    assertThat(pom.replaceAll("\\s", ""))
        .contains(parts[0])
        .contains(parts[1].replace("</dependencies>", ""));
    assertThat(parts[1].split("<dependency>")).as("two artifacts suffice").hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample", "transfer", "predict"})
  void a_sample_is_short(String name) throws IOException {
    assertThat(sample(name).lines()).hasSizeLessThan(SAMPLE_LINES);
  }

  @Test
  void the_sample_of_transfer_learning_tells_the_fruits_apart_and_leaves_a_file(
      @TempDir Path folder) {
    Path file = folder.resolve("old.onnx");
    Path result = folder.resolve("new.onnx");
    FruitFolder fruitFolder = FruitFolder.in(folder.resolve("fruits"), 40, 6, 2);
    Graph old =
        Zoo.find("mobilenet-v2").graph(Shape.of(3, 32, 32), ModelOptions.of(1000).width(0.25));
    OnnxExporter.write(file, old, old.initialWeights(1), Map.of());
    double accuracy = TransferSample.transfer(file, fruitFolder.folder(), backend(), result);
    ImportedGraph tuned = OnnxImporter.read(result, ImportOptions.DEFAULT).orThrow();
    assertThat(accuracy).isGreaterThan(0.9);
    assertThat(tuned.weights().tensor("features.0.0.weight"))
        .isEqualTo(old.initialWeights(1).tensor("features.0.0.weight"));
    assertThat(tuned.graph().output(Graph.OUTPUT).shape()).isEqualTo(Shape.of(2));
    try (ImageClassifier classifier = ImageClassifier.load(result)) {
      assertThat(classifier.preprocessor().preprocessing()).isEqualTo(Preprocessing.SYMMETRIC);
      assertThat(classifier.classes()).hasSize(2);
      Path image = anImage(fruitFolder.folder());
      assertThat(ClassifierSample.name(result, image))
          .matches("(%s), \\d+[.,]\\d %%".formatted(String.join("|", classifier.classes())))
          .startsWith(classifier.predict(image).best().name());
    }
  }

  @Test
  void the_first_sample_leaves_a_classifier(@TempDir Path folder) {
    Path file = folder.resolve("rows.onnx");
    ReadmeSample.trainAndExport(data(), file);
    try (ImageClassifier classifier = ImageClassifier.load(file)) {
      assertThat(classifier.classes()).isEqualTo(data().train().classes());
      assertThat(classifier.preprocessor().preprocessing()).isEqualTo(Preprocessing.UNIT);
    }
  }

  @Test
  void the_two_commands_stand_first() throws IOException {
    String readme = Files.readString(REPOSITORY.resolve("README.md"));
    assertThat(readme.lines().limit(8)).anyMatch(line -> line.startsWith("./trifocal train"));
    assertThat(readme.lines().limit(8)).anyMatch(line -> line.startsWith("mvn -B verify"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void every_link_to_a_file_leads_somewhere(Path document) throws IOException {
    List<String> targets =
        LINK.matcher(Files.readString(document))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(targets).allSatisfy(target -> assertThat(document.resolveSibling(target)).exists());
  }

  static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
      Stream<Path> top =
          Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "examples/README.md")
              .map(REPOSITORY::resolve);
      return Stream.concat(top, docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  private static Path anImage(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Splits data() {
    return new Splits(
        new BarImages("train", 80), new BarImages("validation", 20), new BarImages("test", 2));
  }

  private static Backend backend() {
    return Backends.get("onnx");
  }

  private static String sample(String name) throws IOException {
    return between(section(name), "```java\n", "```");
  }

  private static String section(String name) throws IOException {
    return between(
        Files.readString(REPOSITORY.resolve("README.md")),
        "<!-- " + name + ": begin",
        "<!-- " + name + ": end");
  }

  private static List<String> imports(String source) {
    return source.lines().filter(line -> line.startsWith("import ")).toList();
  }

  private static String between(String text, String begin, String end) {
    assertThat(text).contains(begin, end);
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("README.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
