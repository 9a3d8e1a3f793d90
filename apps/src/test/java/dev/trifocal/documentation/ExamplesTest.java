package dev.trifocal.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The projects of {@code examples}; Maven builds and runs them after this module. */
class ExamplesTest {
  private static final Path ROOT = repository();
  private static final Pattern TRIFOCAL =
      Pattern.compile(
          "<groupId>dev\\.trifocal</groupId>\\s*<artifactId>([a-z0-9-]+)</artifactId>"
              + "(?:\\s*<version>([^<]+)</version>)?");
  private static final Pattern PARENT =
      Pattern.compile("<parent>.*?<groupId>([^<]+)<", Pattern.DOTALL);

  @Test
  void there_are_six() throws IOException {
    assertThat(examples()).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_stands_alone_on_the_bom_of_this_version(Path example) throws IOException {
    String pom = Files.readString(example.resolve("pom.xml"));
    assertThat(PARENT.matcher(pom).results().map((MatchResult parent) -> parent.group(1)))
        .doesNotContain("dev.trifocal");
    assertThat(pom)
        .contains("<artifactId>trifocal-bom</artifactId>", "<scope>import</scope>")
        .containsPattern("<(maven\\.compiler\\.release|java\\.version)>17</");
    assertThat(TRIFOCAL.matcher(pom).results().map((MatchResult match) -> match.group(2)))
        .as("the BOM alone has a version, and it is that of the build")
        .filteredOn(version -> version != null)
        .containsExactly(version());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_has_an_entry_in_the_overview_a_readme_a_main_class_and_one_test(Path example)
      throws IOException {
    String name = example.getFileName().toString();
    assertThat(Files.readString(ROOT.resolve("examples/README.md"))).contains("](" + name + ")");
    assertThat(example.resolve("README.md")).exists();
    assertThat(sources(example.resolve("src/main/java")))
        .anyMatch(source -> source.contains("public static void main(String[] args)"));
    assertThat(sources(example.resolve("src/test/java")))
        .singleElement()
        .asString()
        .contains("@Test");
  }

  @Test
  void two_artifacts_suffice_to_train_export_and_predict() throws IOException {
    Path train = ROOT.resolve("examples/train");
    assertThat(dependencies(Files.readString(train.resolve("pom.xml"))))
        .containsExactly("trifocal-vision", "trifocal-backend-onnx");
    assertThat(String.join("\n", sources(train.resolve("src/main/java"))))
        .contains("Trainer.on(", "OnnxExporter.write(", "classifier.predict(");
  }

  /** Trifocal's artifacts in a POM, apart from the BOM. */
  private static List<String> dependencies(String pom) {
    return TRIFOCAL
        .matcher(pom)
        .results()
        .map((MatchResult match) -> match.group(1))
        .filter(artifact -> !artifact.equals("trifocal-bom"))
        .toList();
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT.resolve("examples"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .filter(folder -> !folder.endsWith("target"))
          .sorted()
          .toList();
    }
  }

  private static List<String> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ExamplesTest::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    return Pattern.compile("<version>([^<]+)</version>")
        .matcher(pom)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("examples/README.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
