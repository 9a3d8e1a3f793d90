package dev.trifocal.onnx.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.trifocal.error.GraphException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadGraphTest {
  @Test
  void a_circle_is_reported_at_a_node_that_is_in_it() {
    refused(
        TestModelBuilder.plain()
            .node("Relu", "c", "y")
            .node("Add", "x c", "a")
            .node("Tanh", "a", "b")
            .node("Sigmoid", "b", "c"),
        "node 'Sigmoid_c' (Sigmoid) depends on its own output: the graph has a cycle");
  }

  @Test
  void a_value_that_nothing_makes_is_named_with_its_reader() {
    refused(
        TestModelBuilder.plain().node("Add", "x nowhere", "y"),
        "node 'Add_y' (Add) takes 'nowhere', which no node produces");
    refused(TestModelBuilder.plain().node("Relu", "x", "z"), "no node produces the output 'y'");
  }

  @Test
  void names_that_are_given_twice_are_refused() {
    refused(
        TestModelBuilder.plain().node("Relu", "x", "y").node("Tanh", "x", "y"),
        "node 'Tanh_y' (Tanh) produces 'y', which is already defined");
    refused(
        TestModelBuilder.plain().node("Relu", "x", "x").node("Tanh", "x", "y"),
        "node 'Relu_x' (Relu) produces 'x', which is already defined");
    refused(
        TestModelBuilder.plain().input("x", 0, 2).node("Relu", "x", "y"), "duplicate input 'x'");
    refused(
        TestModelBuilder.plain().ints("a", 1).ints("a", 2).node("Relu", "x", "y"),
        "duplicate initializer 'a'");
  }

  @Test
  void a_graph_has_an_output() {
    refused(
        TestModelBuilder.empty().input("x", 0, 2).node("Relu", "x", "y"),
        "graph '' has no outputs");
  }

  @Test
  void unknown_operators_and_domains_are_all_named() {
    TestModelBuilder sketch =
        TestModelBuilder.plain()
            .node("Unheard", "x", "a")
            .node("Scaler", "a", "b")
            .node("Relu", "b", "y");
    sketch.graph().getNodeBuilder(1).setDomain("ai.onnx.ml");
    assertThat(sketch.obstacles())
        .containsExactly(
            "node 'Unheard_a' (Unheard): Trifocal has no layer for this operator",
            "node 'Scaler_b' (Scaler): operators of domain 'ai.onnx.ml' are not supported");
  }

  @Test
  void a_node_is_not_to_blame_for_what_it_reads() {
    TestModelBuilder sketch =
        TestModelBuilder.plain().node("Unheard", "x", "a").node("Shape", "a", "s");
    assertThat(sketch.node("Relu", "a", "b").node("Reshape", "b s", "y").obstacles())
        .containsExactly("node 'Unheard_a' (Unheard): Trifocal has no layer for this operator");
  }

  @ParameterizedTest
  @CsvSource({"DepthToSpace, 65537", "DepthToSpace, 3", "SpaceToDepth, 65537", "SpaceToDepth, 3"})
  void blocks_that_do_not_divide_the_sizes_are_named(String operator, int block) {
    assertThat(
            TestModelBuilder.empty()
                .input("x", 0, 4, 2, 2)
                .output("y")
                .node(operator, "x", "y", TestModelBuilder.number("blocksize", block))
                .obstacles())
        .containsExactly(
            "node '%s_y' (%s): blocksize %d does not match samples of [4, 2, 2]"
                .formatted(operator, operator, block));
  }

  @Test
  void what_is_wrong_with_a_node_that_nothing_needs_does_not_matter() {
    assertThat(TestModelBuilder.plain().node("Unheard", "x", "a").node("Relu", "x", "y").layers())
        .containsExactly("Relu");
  }

  @ParameterizedTest
  @CsvSource({"5", "0", "24", "9223372036854775807", "-1"})
  void versions_that_are_not_known_are_said(long version) {
    TestModelBuilder sketch = TestModelBuilder.plain().node("Relu", "x", "y");
    sketch.model().getOpsetImportBuilder(0).setVersion(version);
    long shown = Math.max(0, Math.min(Integer.MAX_VALUE, version));
    assertThat(sketch.obstacles())
        .containsExactly("opset %d is not supported, only 6 to 23".formatted(shown));
  }

  @Test
  void a_missing_version_is_said() {
    TestModelBuilder sketch = TestModelBuilder.plain().node("Relu", "x", "y");
    sketch.model().clearOpsetImport();
    assertThat(sketch.obstacles()).containsExactly("it does not declare its opset");
  }

  @Test
  void an_attribute_of_the_wrong_type_is_named() {
    assertThat(
            TestModelBuilder.plain()
                .node("Transpose", "x", "y", TestModelBuilder.real("perm", 1))
                .obstacles())
        .containsExactly(
            "node 'Transpose_y' (Transpose): has attribute 'perm' of type FLOAT, which must be INTS");
  }

  @Test
  void inputs_that_are_no_real_tensors_stand_in_the_way() {
    TestModelBuilder sketch =
        TestModelBuilder.empty().output("y").input("n").node("Sum", "s n untyped whole", "a");
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getSequenceTypeBuilder().getElemTypeBuilder().getTensorTypeBuilder().setElemType(1);
    sketch.graph().addInput(ValueInfoProto.newBuilder().setName("s").setType(type));
    sketch.graph().addInput(ValueInfoProto.newBuilder().setName("untyped"));
    sketch.input("whole", 0, 2);
    sketch.graph().getInputBuilder(3).getTypeBuilder().getTensorTypeBuilder().setElemType(7);
    sketch.graph().getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    sketch.node("Relu", "a", "y");
    assertThat(sketch.obstacles())
        .containsExactly(
            "input 'n' has no batch axis",
            "input 's' is not a tensor: SEQUENCE_TYPE",
            "input 'untyped' has no type",
            "input 'whole' has unsupported type INT64");
  }

  @Test
  void a_size_that_the_file_leaves_open_is_asked_for() {
    refused(
        TestModelBuilder.empty().input("x", 0, 3, 0, 0).output("y").node("Relu", "x", "y"),
        "input 'x' leaves its size open: [N, 3, N, N]; give the shape of one sample, such as [3, 224, 224] (ImportOptions.input)");
  }

  @ParameterizedTest
  @CsvSource({"-1", "-9223372036854775808", "2147483648", "9223372036854775807"})
  void sizes_of_inputs_that_cannot_be_are_refused(long size) {
    assertThatThrownBy(
            () ->
                TestModelBuilder.empty()
                    .input("x", 1, size, 4)
                    .output("y")
                    .node("Relu", "x", "y")
                    .read())
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith("model.onnx: input 'x' leaves its size open: [1, ");
  }

  @Test
  void samples_that_no_engine_can_hold_are_refused() {
    long huge = Integer.MAX_VALUE;
    refused(
        TestModelBuilder.empty().input("x", 1, huge, huge, huge).output("y").node("Relu", "x", "y"),
        "a shape of [2147483647, 2147483647, 2147483647] has too many elements");
    refused(
        TestModelBuilder.empty().input("x", 1, 1 << 20, 1 << 20).output("y").node("Relu", "x", "y"),
        "produces samples of [1048576, 1048576], which no engine can hold");
    TestModelBuilder doubling = TestModelBuilder.empty().input("x", 1, 1 << 20).output("v20");
    doubling.node("Identity", "x", "v0");
    for (int i = 0; i < 20; i++) {
      doubling.node(
          "Concat", "v%1$d v%1$d".formatted(i), "v" + (i + 1), TestModelBuilder.number("axis", 1));
    }
    assertThat(doubling.obstacles())
        .containsExactly(
            "node 'Concat_v11' (Concat): (Concat) has too large an output: an axis of 2147483648");
  }

  static void refused(TestModelBuilder sketch, String message) {
    assertThatThrownBy(sketch::read)
        .isInstanceOf(GraphException.class)
        .hasMessage("model.onnx: " + message);
  }

  @Test
  void outputs_can_be_inputs_or_named_twice_and_are_then_numbered() {
    ImportedGraph read =
        TestModelBuilder.plain().output("y", "x").node("Relu", "x", "y").imported();
    assertThat(read.graph().outputs().keySet()).containsExactly("y", "y_2", "x_2");
    assertThat(read.facts().outputs())
        .extracting(FileValue::path)
        .containsExactly("y", "y_2", "x_2");
    assertThat(read.facts().outputs()).extracting(FileValue::name).containsExactly("y", "y", "x");
  }

  @Test
  void an_output_that_is_an_initializer_is_a_constant() {
    assertThat(
            TestModelBuilder.plain().output("w").ints("w", 1, 2).node("Relu", "x", "y").obstacles())
        .isEqualTo(List.of("output 'w' is a constant"));
  }
}
