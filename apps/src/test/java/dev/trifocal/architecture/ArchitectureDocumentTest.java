package dev.trifocal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureDocumentTest {
  private static final Pattern WORD = Pattern.compile("`([a-z.]+)`");
  private static final Pattern ROW =
      Pattern.compile("^[|] `([a-z.]+)` [|][^|]*[|] ((?:`[a-z.]+` ?)+|- )[|]$", Pattern.MULTILINE);

  @ParameterizedTest
  @MethodSource("modules")
  void the_table_of_packages_in_the_documentation_is_the_one_that_is_enforced(
      String module, Set<String> packages) {
    String section =
        SourceTree.text(SourceTree.ofThisRepository().root().resolve("docs/architecture.md"))
            .split("## Packages of `%s`".formatted(module))[1]
            .split("\n## ")[0];
    Map<String, Set<String>> written = new TreeMap<>();
    Matcher rows = ROW.matcher(section);
    while (rows.find()) {
      written.put(rows.group(1), words(rows.group(2)));
    }
    Map<String, Set<String>> enforced = new TreeMap<>();
    written
        .keySet()
        .forEach(name -> enforced.put(name, new TreeSet<>(PackageDependencies.ALLOWED.get(name))));
    assertThat(written).isEqualTo(enforced);
    assertThat(written.keySet()).isEqualTo(packages);
  }

  static Stream<Arguments> modules() {
    return Stream.of(
        Arguments.of("api", PackageDependencies.API),
        Arguments.of("onnx-format", PackageDependencies.ONNX_FORMAT),
        Arguments.of("zoo", Set.of("zoo.hub")));
  }

  private static Set<String> words(String cell) {
    return WORD.matcher(cell)
        .results()
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
