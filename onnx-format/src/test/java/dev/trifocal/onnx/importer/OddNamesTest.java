package dev.trifocal.onnx.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OddNamesTest {
  @ParameterizedTest
  @CsvSource({
    "a..b, a.b",
    "., relu",
    "'', relu",
    "..., relu",
    "/, relu",
    "/a//b/, a.b",
    "conv 1, conv_1",
    "\u00e9t\u00e9, _t_",
    "a:0, a_0",
    "'..//..', relu",
    "Relu_12, relu"
  })
  void names_become_paths(String name, String path) {
    TestModelBuilder sketch = TestModelBuilder.plain().node("Relu", "x", "y");
    sketch.graph().getNodeBuilder(0).setName(name);
    assertThat(sketch.imported().graph().nodes().get(1).path()).isEqualTo(path);
  }

  @Test
  void names_that_become_one_path_are_numbered() {
    TestModelBuilder sketch = TestModelBuilder.plain();
    sketch.node("Relu", "x", "a").node("Tanh", "a", "b").node("Sigmoid", "b", "y");
    sketch.graph().getNodeBuilder(0).setName("a/b");
    sketch.graph().getNodeBuilder(1).setName("a.b");
    sketch.graph().getNodeBuilder(2).setName("x");
    assertThat(sketch.imported().graph().nodes())
        .extracting(Node::path)
        .containsExactly("x", "a.b", "a.b_2", "x_2");
  }

  @Test
  void inputs_and_outputs_of_any_name_keep_it_in_the_facts() {
    TestModelBuilder sketch = TestModelBuilder.empty().input("x:0", 0, 2).output("..", "x.0");
    sketch.node("Relu", "x:0", "..").node("Tanh", "x:0", "x.0");
    ImportedGraph read = sketch.imported();
    assertThat(read.facts().inputs().get(0).name()).isEqualTo("x:0");
    assertThat(read.facts().inputs().get(0).path()).isEqualTo("x_0");
    assertThat(read.facts().outputs()).extracting(FileValue::name).containsExactly("..", "x.0");
    assertThat(read.graph().outputs().keySet()).containsExactly("output", "x.0");
  }

  @Test
  void an_output_left_out_is_not_an_input_left_out() {
    TestModelBuilder sketch = TestModelBuilder.plain();
    sketch.node("Dropout", "x", "d -").node("Clip", "d - -", "y");
    assertThat(sketch.layers()).containsExactly("Dropout");
  }

  @Test
  void messages_hold_no_orders_to_a_terminal() {
    TestModelBuilder sketch = TestModelBuilder.plain().node("Unheard", "x", "y");
    sketch.graph().getNodeBuilder(0).setName("\u001b[2J\nall is well");
    assertThat(sketch.obstacles())
        .containsExactly(
            "node '?[2J?all is well' (Unheard): Trifocal has no layer for this operator");
    BadGraphTest.refused(
        TestModelBuilder.plain().node("Relu", "a\u0007", "y"),
        "node 'Relu_y' (Relu) takes 'a?', which no node produces");
  }

  @Test
  void messages_end() {
    TestModelBuilder sketch = TestModelBuilder.plain().node("Unheard", "x", "y");
    sketch.graph().getNodeBuilder(0).setName("n".repeat(1_000_000));
    assertThat(sketch.obstacles().get(0)).hasSizeLessThan(1_100).endsWith("...");
  }
}
