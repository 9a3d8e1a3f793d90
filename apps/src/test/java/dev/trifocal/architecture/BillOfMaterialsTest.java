package dev.trifocal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The BOM is written by hand. */
class BillOfMaterialsTest {
  /** The BOM itself, and the programs, which nobody compiles against. */
  private static final Set<String> NOT_LIBRARIES = Set.of("bom", "apps", "examples");

  private final Path root = SourceTree.ofThisRepository().root();

  @Test
  void the_bom_has_each_library_of_the_build() {
    List<String> libraries =
        all("<module>([a-z0-9-]+)</module>", root.resolve("pom.xml")).stream()
            .filter(module -> !NOT_LIBRARIES.contains(module))
            .toList();
    Path bom = root.resolve("bom/pom.xml");
    assertThat(libraries).hasSizeGreaterThanOrEqualTo(8);
    assertThat(
            all(
                "<dependency>\\s*<groupId>dev.trifocal</groupId>\\s*<artifactId>trifocal-([a-z0-9-]+)<",
                bom))
        .containsExactlyInAnyOrderElementsOf(libraries);
  }

  private static List<String> all(String pattern, Path file) {
    return Pattern.compile(pattern)
        .matcher(SourceTree.text(file))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }
}
