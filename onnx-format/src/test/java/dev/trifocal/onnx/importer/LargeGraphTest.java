package dev.trifocal.onnx.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time grows with the size of a file, and no faster; the stack does not grow at all. */
@Timeout(30)
class LargeGraphTest {
  private static final int LONG = 100_000;

  /** Enough for what is done to each node alike. */
  private static final int MANY = 20_000;

  @Test
  void a_long_chain_is_read() {
    TestModelBuilder sketch = TestModelBuilder.empty().input("v0", 1, 2).output("v" + LONG);
    chain(sketch, LONG, "Tanh");
    assertThat(sketch.layers()).hasSize(LONG);
  }

  @Test
  void a_long_chain_from_last_to_first_is_read() {
    TestModelBuilder sketch = TestModelBuilder.empty().input("v0", 1, 2).output("v" + MANY);
    for (int i = MANY; i > 0; i--) {
      sketch.node("Tanh", "v" + (i - 1), "v" + i);
    }
    assertThat(sketch.layers()).hasSize(MANY);
  }

  @Test
  void a_long_chain_of_equal_names_is_read() {
    TestModelBuilder sketch = TestModelBuilder.empty().input("v0", 1, 2).output("v" + MANY);
    chain(sketch, MANY, "Tanh");
    sketch.graph().getNodeBuilderList().forEach(node -> node.setName("same"));
    assertThat(sketch.imported().graph().nodes().get(MANY).path()).isEqualTo("same_" + MANY);
  }

  @Test
  void a_long_chain_of_unknown_operators_names_each() {
    TestModelBuilder sketch = TestModelBuilder.empty().input("v0", 1, 2).output("v" + MANY);
    chain(sketch, MANY, "Unheard");
    assertThat(sketch.obstacles()).hasSize(MANY);
  }

  @Test
  void a_long_chain_of_images_with_channels_last_is_read() {
    TestModelBuilder sketch = TestModelBuilder.empty().input("v0", 1, 4, 5, 3).output("y");
    chain(sketch, MANY, "Tanh");
    sketch.node("Transpose", "v" + MANY, "y", TestModelBuilder.numbers("perm", 0, 3, 1, 2));
    assertThat(sketch.layers()).hasSize(MANY);
    assertThat(sketch.imported().facts().inputs().get(0).order()).containsExactly(1, 2, 0);
  }

  @Test
  void a_long_chain_of_constants_is_worked_out() {
    TestModelBuilder sketch =
        TestModelBuilder.empty().input("x", 1, 2).ints("one", 1).ints("v0", 0).output("y");
    for (int i = 0; i < LONG; i++) {
      sketch.node("Add", "v%d one".formatted(i), "v" + (i + 1));
    }
    sketch.node("Mul", "x v" + LONG, "y");
    assertThat(sketch.layers()).containsExactly("Affine");
  }

  @Test
  void a_circle_of_many_nodes_is_found() {
    TestModelBuilder sketch = TestModelBuilder.empty().input("x", 1, 2).output("v" + LONG);
    chain(sketch, LONG, "Tanh");
    sketch.node("Relu", "v" + LONG, "v0");
    BadGraphTest.refused(
        sketch, "node 'Tanh_v1' (Tanh) depends on its own output: the graph has a cycle");
  }

  @Test
  void a_sum_of_many_inputs_is_read() {
    int many = 10_000;
    TestModelBuilder sketch = TestModelBuilder.empty().input("x", 1, 2).output("y");
    for (int i = 0; i < many; i++) {
      sketch.node("Relu", "x", "v" + i);
    }
    sketch.node("Sum", all("v", many), "y").node("Concat", all("v", many), "z");
    assertThat(sketch.layers()).hasSize(many + 1);
  }

  @Test
  void many_inputs_and_outputs_are_read() {
    int many = 3_000;
    TestModelBuilder sketch = TestModelBuilder.empty();
    for (int i = 0; i < many; i++) {
      sketch.input("x" + i, 1, 4, 5, 3).output("y" + i);
      sketch.node("Relu", "x" + i, "y" + i);
    }
    assertThat(sketch.imported().graph().outputs()).hasSize(many);
  }

  @Test
  void a_node_that_everything_reads_is_read_once() {
    TestModelBuilder sketch = TestModelBuilder.empty().input("x", 1, 2).output("v15");
    sketch.node("Relu", "x", "v0");
    for (int i = 1; i < 16; i++) {
      sketch.node("Sum", all("v", i) + " v0", "v" + i);
    }
    assertThat(sketch.layers()).hasSize(16);
  }

  @Test
  void a_name_of_many_parts_is_a_path() {
    String name = String.join("/", Collections.nCopies(20_000, "a"));
    TestModelBuilder sketch = TestModelBuilder.plain().node("Relu", "x", "y");
    sketch.graph().getNodeBuilder(0).setName(name);
    List<String> paths = sketch.imported().graph().nodes().stream().map(n -> n.path()).toList();
    assertThat(paths.get(1)).startsWith("a.a.a").hasSize(name.length());
  }

  private static void chain(TestModelBuilder sketch, int length, String operator) {
    for (int i = 0; i < length; i++) {
      sketch.node(operator, "v" + i, "v" + (i + 1));
    }
  }

  private static String all(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + i).collect(Collectors.joining(" "));
  }
}
