package dev.trifocal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.error.FileException;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LearnableInput;
import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphJsonTest {
  private static final String SMALL =
      """
      {"format": 2, "name": "small",
       "nodes": [
         {"path": "input", "layer": {"kind": "Input", "shape": [2, 5, 4]},
          "inputs": [], "frozen": false},
         {"path": "drop", "layer": {"kind": "Dropout", "p": 0.5},
          "inputs": ["input"], "frozen": true}],
       "outputs": {"output": "drop"}}
      """;

  @Test
  void every_layer_comes_back_as_it_was() {
    Graph graph = EveryLayerGraph.graph();
    Graph read = GraphJson.read(GraphJson.write(graph), "graph.json");
    assertThat(read).isEqualTo(graph);
    assertThat(read.outputs().keySet())
        .containsExactly("logits", "ratio", "shares", "largest", "product");
  }

  @ParameterizedTest
  @ValueSource(classes = {Layer.class, ActivationFunction.class, Initializer.class})
  void the_graph_of_this_test_leaves_out_no_member_of(Class<?> family) {
    Set<String> written = new TreeSet<>();
    Pattern.compile("\"kind\" : \"(\\w+)\"")
        .matcher(GraphJson.write(EveryLayerGraph.graph()))
        .results()
        .forEach(match -> written.add(match.group(1)));
    Class<?>[] members =
        family.isSealed() ? family.getPermittedSubclasses() : family.getDeclaredClasses();
    assertThat(written)
        .hasSizeGreaterThan(10)
        .containsAll(
            Stream.of(members)
                .map(member -> member == LearnableInput.class ? "Learned" : member.getSimpleName())
                .toList());
  }

  @Test
  void a_learnable_input_is_stored_under_the_name_that_older_files_have() {
    String text =
        """
        {
          "format": 2,
          "name": "texture",
          "nodes": [
            {
              "path": "canvas",
              "layer": {
                "kind": "Learned",
                "shape": [3, 4, 5],
                "initializer": { "kind": "Constant", "value": 0.5 }
              },
              "inputs": [],
              "frozen": false
            }
          ],
          "outputs": { "output": "canvas" }
        }
        """;
    Graph graph = GraphJson.read(text, "graph.json");
    assertThat(graph.node("canvas").layer())
        .isEqualTo(new LearnableInput(Shape.of(3, 4, 5), new Initializer.Constant(0.5)));
    assertThat(GraphJson.write(graph)).contains("\"kind\" : \"Learned\"");
  }

  @Test
  void a_small_graph_is_read() {
    Graph graph = GraphJson.read(SMALL, "graph.json");
    assertThat(graph.node("drop").frozen()).isTrue();
    assertThat(graph.node("drop").shape().sizes()).containsExactly(2, 5, 4);
    assertThat(graph.trainableShapes()).isEmpty();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"format\": 2       | \"format\": 3        | has format 3, but this version of Trifocal reads"
            + " format 2; use the version that wrote it",
        "\"format\": 2,      | ~~                   | is not a Trifocal file: the field 'format' is missing",
        "\"p\": 0.5          | \"p\": 1.5           | nodes[1].layer: (Dropout) p must be at least 0"
            + " and below 1, but is 1.5",
        "\"p\": 0.5          | \"p\": \"x\"           | nodes[1].layer.p: the value is not of the"
            + " field's type",
        ", \"p\": 0.5        | ~~                   | nodes[1].layer.p: the field is missing",
        "\"p\": 0.5          | \"p\": 0.5, \"q\": 1 | nodes[1].layer.q: unknown field 'q'",
        "\"Dropout\"         | \"Dropin\"           | nodes[1].layer: this version of Trifocal does"
            + " not support the kind 'Dropin'",
        "\"Dropout\"         | \"java.lang.Runtime\"| nodes[1].layer: this version of Trifocal does"
            + " not support the kind 'java.lang.Runtime'",
        "\"kind\": \"Dropout\", | ~~                | nodes[1].layer: the field 'kind' is missing",
        "[\"input\"]         | [\"inpu\"]           | small: drop reads inpu, which is not an earlier"
            + " node",
        "[\"input\"]         | []                   | small: drop (Dropout) needs one input, but has 0",
        "\"path\": \"drop\"  | \"path\": \"input\"  | small: two nodes have the path input;"
            + " rename one",
        "\"path\": \"drop\"  | \"path\": \"a b\"    | 'a b' is not a name: use letters, digits and"
            + " underscores, with dots between parts",
        ": \"drop\"}         | : \"dro\"}           | small: output output reads dro, which is not"
            + " an earlier node",
        "[2, 5, 4]           | [2, -5, 4]           | nodes[0].layer.shape: sizes of a shape"
            + " must not be negative, but got [2, -5, 4]",
        "[2, 5, 4]           | [2, 0, 4]            | small: input has an empty output [2, 0, 4];"
            + " every size must be positive",
      })
  void a_bad_file_is_refused_with_the_place_and_the_reason(
      String good, String bad, String message) {
    assertThat(SMALL).contains(good);
    String text = SMALL.replace(good, bad);
    if (good.equals("\"path\": \"drop\"")) {
      text = text.replace("{\"output\": \"drop\"}", "{\"output\": \"input\"}");
    }
    String spoilt = text;
    assertThatThrownBy(() -> GraphJson.read(spoilt, "graph.json"))
        .isInstanceOf(FileException.class)
        .hasMessage("graph.json: " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "null",
        "7",
        "{\"format\": 2}",
        "{\"format\": 2} {}",
        "{\"format\": \"1\"}"
      })
  void what_is_no_graph_is_refused(String text) {
    assertThatThrownBy(() -> GraphJson.read(text, "graph.json"))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith("graph.json: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"0.5\"", "true", "{}", "[]", "1e999", "\"x\"", "\"NaN\""})
  void a_number_must_be_a_number_of_its_range(String value) {
    String text = SMALL.replace("0.5", value);
    assertThatThrownBy(() -> GraphJson.read(text, "graph.json"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("nodes[1].layer")
        .message()
        .doesNotContain("dev.trifocal")
        .doesNotContain("Feature");
  }

  @Test
  void a_field_that_stands_twice_is_refused() {
    String text = SMALL.replace("\"p\": 0.5", "\"p\": 0.5, \"p\": 0.6");
    assertThatThrownBy(() -> GraphJson.read(text, "graph.json"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("Duplicate field 'p'");
  }

  @Test
  void no_text_names_a_class_of_the_program() {
    assertThat(Arrays.asList(GraphJson.write(EveryLayerGraph.graph()).split("\"")))
        .noneMatch(word -> word.startsWith("dev.trifocal"));
  }
}
