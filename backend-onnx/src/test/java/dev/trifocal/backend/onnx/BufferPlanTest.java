package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxJavaType;
import dev.trifocal.backend.onnx.BufferPlan.Buffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Values share memory as ONNX Runtime plans it")
class BufferPlanTest {
  private static final StepValue KNOWN =
      new StepValue(OnnxJavaType.FLOAT, List.of(2L, 3L), 24, List.of("N", "3"));
  private static final StepValue OF_ANOTHER_SIZE =
      new StepValue(OnnxJavaType.FLOAT, List.of(2L, 5L), 40, List.of("N", "5"));
  private static final StepValue UNKNOWN_TO_THE_PLANNER =
      new StepValue(OnnxJavaType.FLOAT, List.of(2L, 3L), 24, List.of());

  @Test
  void aValueLivesFromItsNodeToItsLastReader() {
    assertThat(
            plan(
                Map.of(),
                node("Transpose", "a", "x"),
                node("Transpose", "b", "x"),
                node("MatMul", "y", "a", "b")))
        .containsExactly(new Buffer("a", 24, 0, 2), new Buffer("b", 24, 1, 2));
  }

  @Test
  void aViewHasTheMemoryOfItsInput() {
    assertThat(
            plan(
                Map.of("b", OF_ANOTHER_SIZE),
                node("Transpose", "a", "x"),
                node("Reshape", "b", "a", "shape"),
                node("Transpose", "y", "b")))
        .containsExactly(new Buffer("a", 24, 0, 2));
  }

  @Test
  void anOperatorOverwritesAnInputThatNothingElseReads() {
    assertThat(
            plan(
                Map.of(),
                node("Transpose", "a", "x"),
                node("Relu", "b", "a"),
                node("Transpose", "y", "b")))
        .containsExactly(new Buffer("a", 24, 0, 2));
  }

  @Test
  void anExponentialHasMemoryOfItsOwn() {
    assertThat(
            plan(
                Map.of(),
                node("Transpose", "a", "x"),
                node("Exp", "b", "a"),
                node("Transpose", "y", "b")))
        .containsExactly(new Buffer("a", 24, 0, 1), new Buffer("b", 24, 1, 2));
  }

  @Test
  void anInputThatIsReadAgainIsNotOverwritten() {
    assertThat(
            plan(
                Map.of(),
                node("Transpose", "a", "x"),
                node("Relu", "b", "a"),
                node("Mul", "y", "a", "b")))
        .containsExactly(new Buffer("a", 24, 0, 2), new Buffer("b", 24, 1, 2));
  }

  @Test
  void inputsOfTheModelAreNotOverwritten() {
    assertThat(plan(Map.of(), node("Relu", "a", "x"), node("Transpose", "y", "a")))
        .containsExactly(new Buffer("a", 24, 0, 1));
  }

  @Test
  void aValueTakesOverTheMemoryOfOneOfItsSizeThatIsNoLongerRead() {
    assertThat(
            plan(
                Map.of("b", OF_ANOTHER_SIZE),
                node("Transpose", "a", "x"),
                node("MatMul", "b", "a", "weights"),
                node("MatMul", "c", "b", "weights"),
                node("Transpose", "y", "c")))
        .containsExactly(new Buffer("a", 24, 0, 3), new Buffer("b", 40, 1, 2));
  }

  @Test
  void whereSizesAreUnknownBeforeTheRunEachValueHasMemoryOfItsOwn() {
    assertThat(
            plan(
                Map.of("a", UNKNOWN_TO_THE_PLANNER, "b", UNKNOWN_TO_THE_PLANNER),
                node("Transpose", "a", "x"),
                node("Relu", "b", "a"),
                node("Transpose", "y", "b")))
        .containsExactly(new Buffer("a", 24, 0, 1), new Buffer("b", 24, 1, 2));
  }

  @Test
  void aConvolutionOverwritesWhatItAddsItsResultTo() {
    assertThat(
            plan(
                Map.of(),
                node("Transpose", "a", "x"),
                node("Conv", "b", "x", "weights", "", "a"),
                node("Transpose", "y", "b")))
        .containsExactly(new Buffer("a", 24, 0, 2));
  }

  /** Plans nodes of which the last one is the result of the model. */
  private static List<Buffer> plan(Map<String, StepValue> others, NodeProto... nodes) {
    Map<String, StepValue> values = new HashMap<>();
    for (NodeProto node : nodes) {
      values.put(node.getOutput(0), KNOWN);
    }
    values.putAll(others);
    Set<String> outputs = new LinkedHashSet<>(Set.of(nodes[nodes.length - 1].getOutput(0)));
    return BufferPlan.of(new OptimisedStep(List.of(nodes), outputs, values, 0, 1));
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addOutput(output)
        .addAllInput(List.of(inputs))
        .build();
  }
}
