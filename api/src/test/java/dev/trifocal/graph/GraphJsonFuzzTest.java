package dev.trifocal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.error.FileException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever stands in a graph's file, reading gives a graph that can be counted, or one message. */
class GraphJsonFuzzTest {
  private static final String VALID = GraphJson.write(EveryLayerGraph.graph());
  private static final List<MatchResult> VALUES =
      Pattern.compile("(?<=[:\\[,] )(?:\"[^\"]*\"|-?[0-9.E-]+|true|false)|\"\\w+\"(?= :)")
          .matcher(VALID)
          .results()
          .toList();

  @Property(tries = 700, seed = "42")
  void another_value_gives_a_graph_or_a_file_exception(
      @ForAll @IntRange(max = 100_000) int which, @ForAll("values") String value) {
    MatchResult old = VALUES.get(which % VALUES.size());
    check(VALID.substring(0, old.start()) + value + VALID.substring(old.end()));
  }

  @Property(tries = 300, seed = "42")
  void another_character_gives_a_graph_or_a_file_exception(
      @ForAll @IntRange(max = 1_000_000) int place, @ForAll char value) {
    int at = place % VALID.length();
    check(VALID.substring(0, at) + value + VALID.substring(at + 1));
  }

  private static void check(String text) {
    try {
      Graph graph = GraphJson.read(text, "graph.json");
      assertThat(MemoryEstimate.of(graph).parameters()).isNotNegative();
      assertThat(GraphJson.read(GraphJson.write(graph), "again")).isEqualTo(graph);
    } catch (FileException e) {
      assertThat(e).hasMessageStartingWith("graph.json: ");
    }
  }

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> numbers =
        Arbitraries.of(
            "0",
            "-1",
            "1",
            "2",
            "3",
            "5",
            "0.5",
            "2147483647",
            "-2147483648",
            "4294967296",
            "9223372036854775807",
            "1e308",
            "1e999",
            "65536",
            "1000000");
    Arbitrary<String> words = Arbitraries.of(VALUES.stream().map(MatchResult::group).toList());
    Arbitrary<String> others = Arbitraries.of("null", "true", "[]", "{}", "\"\"", "[null]");
    return Arbitraries.oneOf(numbers, words, others);
  }
}
