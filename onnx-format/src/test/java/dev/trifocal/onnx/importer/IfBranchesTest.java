package dev.trifocal.onnx.importer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class IfBranchesTest {
  @Test
  void the_branch_that_is_taken_stays() {
    GraphProto then = branch("a", TestModelBuilder.made("Relu", "x", "a"));
    GraphProto other = branch("a", TestModelBuilder.made("Unheard", "x", "a"));
    assertThat(chosen(1, then, other).layers()).containsExactly("Relu");
    assertThat(chosen(0, then, other).obstacles())
        .containsExactly("node 'Unheard_a' (Unheard): Trifocal has no layer for this operator");
  }

  @Test
  void a_condition_on_sizes_is_worked_out() {
    TestModelBuilder sketch = TestModelBuilder.plain().ints("one", 1).ints("two", 2);
    sketch.node("Shape", "x", "shape").node("Gather", "shape one", "channels");
    sketch.node("Equal", "channels two", "condition");
    sketch.node(
        "If",
        "condition",
        "y",
        TestModelBuilder.graph("then_branch", branch("a", TestModelBuilder.made("Relu", "x", "a"))),
        TestModelBuilder.graph(
            "else_branch", branch("b", TestModelBuilder.made("Unheard", "x", "b"))));
    assertThat(sketch.layers()).containsExactly("Relu");
  }

  @Test
  void a_branch_can_give_a_value_of_the_outside() {
    TestModelBuilder sketch = TestModelBuilder.plain().ints("yes", 1).node("Relu", "x", "r");
    sketch.node("If", "yes", "y", TestModelBuilder.graph("then_branch", branch("r")));
    assertThat(sketch.layers()).containsExactly("Relu");
  }

  @Test
  void two_branches_can_have_the_same_names_within() {
    TestModelBuilder sketch = TestModelBuilder.plain().ints("yes", 1);
    sketch.node(
        "If",
        "yes",
        "m",
        TestModelBuilder.graph(
            "then_branch", branch("a", TestModelBuilder.made("Relu", "x", "a"))));
    sketch.node(
        "If",
        "yes",
        "y",
        TestModelBuilder.graph(
            "then_branch", branch("a", TestModelBuilder.made("Tanh", "m", "a"))));
    assertThat(sketch.layers()).containsExactly("Relu", "Tanh");
  }

  @Test
  void a_condition_that_depends_on_data_stands_in_the_way() {
    TestModelBuilder sketch = TestModelBuilder.plain();
    sketch.node(
        "If",
        "x",
        "y",
        TestModelBuilder.graph(
            "then_branch", branch("a", TestModelBuilder.made("Relu", "x", "a"))));
    assertThat(sketch.obstacles())
        .containsExactly("node 'If_y' (If): Trifocal has no layer for this operator");
  }

  @Test
  void a_branch_that_is_no_graph_is_reported_at_its_node() {
    assertThat(TestModelBuilder.plain().ints("yes", 1).node("If", "yes", "y").obstacles())
        .containsExactly("node 'If_y' (If): lacks attribute 'then_branch'");
    GraphProto dangling = branch("a", TestModelBuilder.made("Relu", "nowhere", "a"));
    assertThat(chosen(1, dangling, dangling).obstacles())
        .containsExactly(
            "node 'If_y' (If): node 'Relu_a' (Relu) takes 'nowhere', which no node produces");
  }

  private static TestModelBuilder chosen(long condition, GraphProto then, GraphProto other) {
    return TestModelBuilder.plain()
        .ints("condition", condition)
        .node(
            "If",
            "condition",
            "y",
            TestModelBuilder.graph("then_branch", then),
            TestModelBuilder.graph("else_branch", other));
  }

  private static GraphProto branch(String output, NodeProto... nodes) {
    return GraphProto.newBuilder()
        .addAllNode(List.of(nodes))
        .addOutput(TestModelBuilder.value(output))
        .build();
  }
}
