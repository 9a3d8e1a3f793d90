package dev.trifocal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryTextTest {
  private static final int FILES_AT_LEAST = 1200;

  private final RepositoryText product = new RepositoryText(SourceTree.ofThisRepository().root());
  @TempDir private Path planted;

  @Test
  void no_file_names_the_host_of_a_package_registry() {
    assertThat(product.namingARegistry()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"repo.maven.|apache.org", "repo1.maven.|org", "pypi.|org", "deb.|debian.org"})
  void a_file_that_names_one_is_found(String host) throws IOException {
    Path file = plant(".mvn/wrapper/maven-wrapper.properties", "url=https://" + joined(host));
    plant("pom.xml", "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"/>");
    assertThat(new RepositoryText(planted).namingARegistry()).containsExactly(file);
  }

  @Test
  void no_test_class_keeps_what_its_tests_made() {
    assertThat(product.holdingWhatTestsMade())
        .as("static variables live until all tests are over; use @TestInstance(PER_CLASS)")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  private static LocalHub hub;",
        "  static Map<String, float[]> all = Map.of();",
        "  @Held static byte[] bytes;"
      })
  void a_test_class_that_keeps_something_is_found(String field) throws IOException {
    Path file = plant("SomeTest.java", "class SomeTest {\n" + field + "\n}");
    plant("OtherTest.java", "  @TempDir private static Path folder;\n  private Backend backend;\n");
    assertThat(new RepositoryText(planted).holdingWhatTestsMade()).containsExactly(file);
  }

  @Test
  void what_the_build_made_is_passed_over() throws IOException {
    plant("api/target/classes/effective.txt", joined("repo1.maven.|org"));
    assertThat(new RepositoryText(planted).namingARegistry()).isEmpty();
  }

  @Test
  void the_rule_saw_the_whole_repository() {
    assertThat(product.files())
        .hasSizeGreaterThan(FILES_AT_LEAST)
        .contains(product.root().resolve("mvnw"), product.root().resolve("pom.xml"));
  }

  /** A host in two parts, or the rule would find this file. */
  private static String joined(String host) {
    return host.replace("|", "");
  }

  private Path plant(String path, String text) throws IOException {
    Path file = planted.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
