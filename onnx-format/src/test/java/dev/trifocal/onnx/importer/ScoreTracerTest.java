package dev.trifocal.onnx.importer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.trifocal.graph.Quantisation;
import dev.trifocal.graph.ScoreOutput;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.shape.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The operators of a file tell that its output holds")
class ScoreTracerTest {
  @ParameterizedTest
  @CsvSource({
    "Softmax, PROBABILITIES",
    "LogSoftmax, LOG_PROBABILITIES",
    "Sigmoid, SIGMOID",
    "ArgMax, CLASS_IDS",
    "Gemm, LOGITS"
  })
  void what_they_compute_however_it_is_shown(String operator, ScoreKind kind) {
    List<ScoreOutput> scores =
        trace(
            node(operator, "x", "s"),
            node("QuantizeLinear", "s", "q"),
            node("DequantizeLinear", "q", "d"),
            node("Clip", "d", "y"));
    assertThat(scores).extracting(ScoreOutput::kind).containsExactly(kind);
  }

  @Test
  void a_softmax_that_is_spelled_out() {
    assertThat(
            trace(node("Exp", "x", "e"), node("ReduceSum", "e", "sum"), node("Div", "e sum", "y")))
        .extracting(ScoreOutput::kind)
        .containsExactly(ScoreKind.PROBABILITIES);
    assertThat(trace(node("LogSoftmax", "x", "l"), node("Exp", "l", "y")))
        .extracting(ScoreOutput::kind)
        .containsExactly(ScoreKind.PROBABILITIES);
  }

  @Test
  void shares_of_a_sum_of_evidence() {
    for (String operator : List.of("Softplus", "Relu", "Abs")) {
      assertThat(
              trace(
                  node(operator, "x", "e"),
                  node("ReduceSum", "e", "sum"),
                  node("Div", "e sum", "y")))
          .as(operator)
          .extracting(ScoreOutput::kind)
          .containsExactly(ScoreKind.PROBABILITIES);
    }
    assertThat(trace(node("ReduceSum", "x", "sum"), node("Div", "x sum", "y")))
        .as("logits may be negative")
        .extracting(ScoreOutput::kind)
        .containsExactly(ScoreKind.LOGITS);
    assertThat(trace(node("Softplus", "x", "y")))
        .extracting(ScoreOutput::kind)
        .containsExactly(ScoreKind.LOGITS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Greater", "GreaterOrEqual", "Less", "LessOrEqual"})
  void decisions_of_a_threshold(String comparison) {
    assertThat(trace(node("Sigmoid", "x", "p"), node(comparison, "p half", "y")))
        .extracting(ScoreOutput::kind)
        .containsExactly(ScoreKind.SIGMOID);
    assertThat(trace(node(comparison, "x zero", "c"), node("Cast", "c", "y")))
        .extracting(ScoreOutput::kind)
        .containsExactly(ScoreKind.SIGMOID);
    assertThat(trace(node("Sigmoid", "x", "p"), node("Round", "p", "y")))
        .extracting(ScoreOutput::kind)
        .containsExactly(ScoreKind.SIGMOID);
  }

  @Test
  void an_ensemble_a_choice_of_classes_or_two_columns_of_one_unit() {
    assertThat(
            trace(node("Softmax", "a", "p"), node("Softmax", "b", "q"), node("Mean", "p q", "y")))
        .extracting(ScoreOutput::kind)
        .containsExactly(ScoreKind.PROBABILITIES);
    for (String operator : List.of("Gather", "Slice", "Transpose")) {
      assertThat(trace(node("Softmax", "x", "p"), node(operator, "p", "y")))
          .extracting(ScoreOutput::kind)
          .containsExactly(ScoreKind.PROBABILITIES);
    }
    assertThat(trace(node("Softmax", "a", "p"), node("Mean", "p q", "y")))
        .as("a mean with something else")
        .extracting(ScoreOutput::kind)
        .containsExactly(ScoreKind.LOGITS);
  }

  @ParameterizedTest
  @CsvSource({
    "QuantizeLinear, x scale zero",
    "QLinearSoftmax, x xs xz scale zero",
    "QLinearMatMul, x xs xz w ws wz scale zero",
    "QGemm, x xs xz w ws wz b scale zero"
  })
  void whole_numbers_for_real_ones(String operator, String inputs) {
    TensorProto scale =
        TensorProto.newBuilder()
            .setName("scale")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(0.25f)
            .build();
    TensorProto zero =
        TensorProto.newBuilder()
            .setName("zero")
            .setDataType(TensorProto.DataType.UINT8_VALUE)
            .setRawData(ByteString.copyFrom(new byte[] {(byte) 200}))
            .build();
    GraphProto graph =
        GraphProto.newBuilder()
            .addInitializer(scale)
            .addInitializer(zero)
            .addNode(node(operator, inputs, "q"))
            .addNode(node("Cast", "q", "y"))
            .addNode(node("DequantizeLinear", "q scale zero", "z"))
            .build();
    List<FileValue> outputs =
        List.of(FileValue.of("y", Shape.of(3)), FileValue.of("z", Shape.of(3)));
    assertThat(new ScoreTracer(graph).of(outputs))
        .extracting(ScoreOutput::quantisation)
        .containsExactly(new Quantisation(0.25, 200), Quantisation.NONE);
  }

  @Test
  void nothing_that_a_damaged_file_would_tell() {
    assertThat(trace(node("Identity", "y", "y"))).hasSize(1);
    assertThat(trace(node("Clip", "b", "a"), node("Clip", "a", "b"), node("Cast", "a", "y")))
        .hasSize(1);
    assertThat(trace(node("Div", "x", "y"))).hasSize(1);
    assertThat(trace(node("Softmax", "", "y"))).hasSize(1);
    assertThat(trace()).hasSize(1);
  }

  private static List<ScoreOutput> trace(NodeProto... nodes) {
    GraphProto graph = GraphProto.newBuilder().addAllNode(Arrays.asList(nodes)).build();
    return new ScoreTracer(graph).of(List.of(FileValue.of("y", Shape.of(3))));
  }

  private static NodeProto node(String operator, String inputs, String output) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addOutput(output);
    Arrays.stream(inputs.split(" ")).filter(name -> !name.isEmpty()).forEach(node::addInput);
    return node.build();
  }
}
