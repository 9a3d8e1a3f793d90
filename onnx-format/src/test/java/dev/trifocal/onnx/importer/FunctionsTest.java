package dev.trifocal.onnx.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Activation;
import dev.trifocal.layer.ActivationFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  private static final String OWN = "own.functions";

  @Test
  void nodes_of_a_function_take_the_place_of_its_call() {
    TestModelBuilder sketch =
        with(function(
                "Block",
                "a",
                "c",
                TestModelBuilder.made("Relu", "a", "b"),
                TestModelBuilder.made("Tanh", "b", "c")))
            .node("Sigmoid", "x", "s");
    call(sketch, "Block", "s", "y");
    assertThat(functions(sketch))
        .containsExactly(
            new ActivationFunction.Sigmoid(),
            new ActivationFunction.Relu(),
            new ActivationFunction.Tanh());
  }

  @Test
  void names_within_a_function_do_not_clash_with_those_outside_or_of_another_call() {
    TestModelBuilder sketch =
        with(function(
                "Block",
                "x",
                "y",
                TestModelBuilder.made("Relu", "x", "b"),
                TestModelBuilder.made("Tanh", "b", "y")))
            .node("Sigmoid", "x", "b");
    call(sketch, "Block", "b", "once");
    call(sketch, "Block", "once", "twice");
    sketch.node("Add", "twice x", "y");
    assertThat(sketch.layers()).containsExactly("Sigmoid", "Relu", "Tanh", "Relu", "Tanh", "Add");
  }

  @Test
  void functions_call_functions() {
    TestModelBuilder sketch =
        with(function("Inner", "a", "b", TestModelBuilder.made("Tanh", "a", "b")));
    sketch
        .model()
        .addFunctions(function("Outer", "p", "q", own("Inner", "p", "m"), own("Inner", "m", "q")));
    call(sketch, "Outer", "x", "y");
    assertThat(sketch.layers()).containsExactly("Tanh", "Tanh");
  }

  @Test
  void attributes_come_from_the_call_or_are_the_functions_own_or_the_operators() {
    NodeProto leaky =
        TestModelBuilder.made(
            "LeakyRelu",
            "a",
            "b",
            AttributeProto.newBuilder().setName("alpha").setRefAttrName("slope").build());
    TestModelBuilder given = with(function("Leak", "a", "b", leaky));
    call(given, "Leak", "x", "y", TestModelBuilder.real("slope", 0.25f));
    assertThat(functions(given)).containsExactly(new ActivationFunction.LeakyRelu(0.25));
    TestModelBuilder defaulted =
        with(
            function("Leak", "a", "b", leaky)
                .addAttributeProto(TestModelBuilder.real("slope", 0.5f)));
    call(defaulted, "Leak", "x", "y");
    assertThat(functions(defaulted)).containsExactly(new ActivationFunction.LeakyRelu(0.5));
    TestModelBuilder absent = with(function("Leak", "a", "b", leaky));
    call(absent, "Leak", "x", "y");
    assertThat(functions(absent)).containsExactly(new ActivationFunction.LeakyRelu(0.01));
  }

  @Test
  void an_input_that_is_left_out_is_left_out_within() {
    TestModelBuilder sketch =
        with(function("Bound", "a low high", "b", TestModelBuilder.made("Clip", "a low high", "b")))
            .floats("six", List.of(), 6);
    call(sketch, "Bound", "x - six", "once");
    call(sketch, "Bound", "once", "y");
    assertThat(functions(sketch)).containsExactly(new ActivationFunction.Clip(-Float.MAX_VALUE, 6));
  }

  @Test
  void an_output_can_be_an_input_or_left_out() {
    TestModelBuilder sketch =
        with(function("Pass", "a", "a b", TestModelBuilder.made("Relu", "a", "b"))).output("z");
    call(sketch, "Pass", "x", "y");
    call(sketch, "Pass", "x", "- z");
    assertThat(sketch.imported().graph().outputs().get("y")).isEqualTo("x");
    assertThat(sketch.layers()).containsExactly("Relu");
  }

  @Test
  void a_function_that_calls_itself_is_refused() {
    TestModelBuilder self = with(function("Loop", "a", "b", own("Loop", "a", "b")));
    call(self, "Loop", "x", "y");
    BadGraphTest.refused(
        self,
        "node 'Loop_y/Loop_b' (Loop) calls a function that is recursive, or nested more than 50 deep");
  }

  @Test
  void functions_that_double_and_double_are_refused() {
    TestModelBuilder sketch =
        with(function("F0", "a", "b", TestModelBuilder.made("Relu", "a", "b")));
    for (int i = 1; i < 40; i++) {
      String before = "F" + (i - 1);
      sketch
          .model()
          .addFunctions(function("F" + i, "a", "b", own(before, "a", "m"), own(before, "m", "b")));
    }
    call(sketch, "F39", "x", "y");
    assertThatThrownBy(sketch::read)
        .hasMessageContaining("the model's functions expand to more than 100,000 nodes");
  }

  @Test
  void functions_without_nodes_that_double_are_refused_too() {
    TestModelBuilder sketch = with(function("F0", "a", "a"));
    for (int i = 1; i < 40; i++) {
      String before = "F" + (i - 1);
      sketch
          .model()
          .addFunctions(function("F" + i, "a", "b", own(before, "a", "m"), own(before, "m", "b")));
    }
    call(sketch, "F39", "x", "y");
    assertThatThrownBy(sketch::read).hasMessageContaining("functions expand to more than");
  }

  @Test
  void a_function_for_another_opset_is_left_as_it_is() {
    TestModelBuilder sketch =
        with(
            function("Block", "a", "b", TestModelBuilder.made("Relu", "a", "b"))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(12)));
    call(sketch, "Block", "x", "y");
    assertThat(sketch.obstacles())
        .containsExactly(
            "node 'Block_y' (Block): the operator is a function of the model, but written for"
                + " another opset than the model");
  }

  private static TestModelBuilder with(FunctionProto.Builder function) {
    TestModelBuilder sketch = TestModelBuilder.plain();
    sketch.model().addFunctions(function);
    return sketch;
  }

  private static FunctionProto.Builder function(
      String name, String inputs, String outputs, NodeProto... nodes) {
    return FunctionProto.newBuilder()
        .setDomain(OWN)
        .setName(name)
        .addAllInput(TestModelBuilder.names(inputs))
        .addAllOutput(TestModelBuilder.names(outputs))
        .addAllNode(List.of(nodes));
  }

  private static NodeProto own(
      String name, String inputs, String outputs, AttributeProto... attributes) {
    return TestModelBuilder.made(name, inputs, outputs, attributes).toBuilder()
        .setDomain(OWN)
        .build();
  }

  private static void call(
      TestModelBuilder sketch,
      String name,
      String inputs,
      String outputs,
      AttributeProto... attributes) {
    sketch.graph().addNode(own(name, inputs, outputs, attributes));
  }

  private static List<ActivationFunction> functions(TestModelBuilder sketch) {
    return sketch.imported().graph().nodes().stream()
        .map(Node::layer)
        .filter(Activation.class::isInstance)
        .map(layer -> ((Activation) layer).function())
        .toList();
  }
}
