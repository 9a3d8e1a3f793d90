package dev.trifocal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
  private static final int LINES_AT_MOST = 400;

  private final SourceTree product = SourceTree.ofThisRepository();
  @TempDir private Path planted;

  @Test
  void every_package_says_what_it_is_for() {
    assertThat(product.unexplainedPackages()).isEmpty();
  }

  @Test
  void a_package_without_package_info_is_found() throws IOException {
    Path file = plant("shape/Shape.java", "package shape;");
    assertThat(new SourceTree(planted).unexplainedPackages()).containsExactly(file.getParent());
  }

  @Test
  void a_package_info_without_a_word_is_found() throws IOException {
    Path file = plant("shape/package-info.java", "/** */\npackage shape;\n");
    assertThat(new SourceTree(planted).unexplainedPackages()).containsExactly(file.getParent());
  }

  @Test
  void a_package_info_with_a_sentence_is_enough() throws IOException {
    plant("shape/package-info.java", "/**\n * Shapes of tensors.\n */\npackage shape;\n");
    assertThat(new SourceTree(planted).unexplainedPackages()).isEmpty();
  }

  @Test
  void no_package_is_empty() {
    assertThat(product.emptyPackages()).isEmpty();
  }

  @Test
  void an_empty_package_is_found() throws IOException {
    Path file = plant("shape/package-info.java", "/** Shapes. */\npackage shape;\n");
    plant("graph/package-info.java", "/** Graphs. */\npackage graph;\n");
    plant("graph/Graph.java", "package graph;");
    assertThat(new SourceTree(planted).emptyPackages()).containsExactly(file.getParent());
  }

  @Test
  void no_file_is_longer_than_one_can_read() {
    assertThat(product.longerThan(LINES_AT_MOST)).isEmpty();
  }

  @Test
  void a_file_that_is_too_long_is_found() throws IOException {
    Path file = plant("shape/Shape.java", "\n".repeat(LINES_AT_MOST + 1));
    plant("shape/Size.java", "\n".repeat(LINES_AT_MOST));
    assertThat(new SourceTree(planted).longerThan(LINES_AT_MOST)).containsExactly(file);
  }

  @Test
  void no_two_files_of_a_module_have_one_name() {
    assertThat(product.namesakes()).isEmpty();
  }

  @Test
  void two_files_of_one_name_are_found() throws IOException {
    Path first = plant("shape/Size.java", "package shape;");
    Path second = plant("layer/Size.java", "package layer;");
    plant("layer/Shape.java", "package layer;");
    assertThat(new SourceTree(planted).namesakes()).containsExactly(second, first);
  }

  @Test
  void the_rules_saw_the_whole_product() {
    assertThat(product.typesByModule()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(product.typesByModule())
        .allSatisfy((module, types) -> assertThat(types).as(module).isNotEmpty());
    assertThat(product.files())
        .hasSizeGreaterThan(product.typesByModule().values().stream().mapToInt(List::size).sum());
  }

  private Path plant(String path, String text) throws IOException {
    Path file = planted.resolve("module/src/main/java").resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
