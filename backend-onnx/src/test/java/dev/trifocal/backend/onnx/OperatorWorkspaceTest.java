package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxJavaType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Operators of ONNX Runtime take temporary memory")
class OperatorWorkspaceTest {
  /** What one thread of a convolution takes, as ONNX Runtime's log of its arena shows it. */
  private static final long PART = 65_536;

  @Test
  void aConvolutionExpandsAPartOfItsImageInEachThread() {
    NodeProto conv = node("Conv", ints("strides", 2, 2), ints("pads", 0, 1, 1, 1));
    StepValue filters = value(100, 3, 3, 3);
    StepValue result = value(8, 100, 100, 150);
    assertThat(inArena(conv, filters, result, 1)).containsExactly(PART);
    assertThat(inArena(conv, filters, result, 2)).containsExactly(2 * PART);
  }

  @Test
  void aSmallConvolutionUsesOneThread() {
    NodeProto conv = node("Conv", ints("pads", 1, 1, 1, 1));
    assertThat(inArena(conv, value(4, 3, 3, 3), value(8, 4, 20, 20), 8)).containsExactly(PART);
  }

  @Test
  void theLastThreadTakesNothingIfItHasNoPixels() {
    // Threads get 16 pixels or more, and ONNX Runtime drops one thread at most.
    NodeProto conv = node("Conv", ints("pads", 1, 1, 1, 1));
    assertThat(inArena(conv, value(40, 512, 3, 3), value(8, 40, 5, 8), 8))
        .containsExactly(7 * PART);
    assertThat(inArena(conv, value(16, 512, 3, 3), value(8, 16, 4, 4), 8)).containsExactly(PART);
  }

  @Test
  void aConvolutionWithMoreFiltersThanPixelsExpandsAllOfAnImage() {
    NodeProto conv = node("Conv", ints("pads", 1, 1, 1, 1));
    assertThat(inArena(conv, value(512, 64, 3, 3), value(8, 512, 7, 7), 2))
        .containsExactly(4L * 64 * 3 * 3 * 7 * 7);
    NodeProto grouped = node("Conv", ints("pads", 1, 1, 1, 1), ints("group", 16));
    assertThat(inArena(grouped, value(512, 4, 3, 3), value(8, 512, 7, 7), 2)).containsExactly(PART);
  }

  @Test
  void aPointwiseConvolutionReadsItsImageAsItIsUnlessItSkipsPixels() {
    StepValue filters = value(100, 64, 1, 1);
    StepValue result = value(8, 100, 20, 20);
    assertThat(inArena(node("Conv"), filters, result, 2)).isEmpty();
    assertThat(inArena(node("Conv", ints("strides", 2, 2)), filters, result, 2))
        .containsExactly(2 * PART);
  }

  @Test
  void aConvolutionOfBlocksOfChannelsExpandsNothing() {
    NodeProto conv =
        node("Conv", ints("pads", 1, 1, 1, 1)).toBuilder().setDomain("com.microsoft.nchwc").build();
    assertThat(inArena(conv, value(64, 64, 3, 3), value(8, 64, 20, 20), 2)).isEmpty();
  }

  @Test
  void aTransposedConvolutionExpandsAllOfAnImage() {
    OptimisedStep step = step(Map.of("x", value(8, 400, 25, 38), "w", value(400, 200, 3, 3)), 2);
    assertThat(OperatorWorkspace.of(node("ConvTranspose"), step).inArena())
        .containsExactly(4L * 200 * 3 * 3 * 25 * 38);
  }

  @Test
  void aSoftmaxOfAnAxisThatIsNotTheLastOneExchangesThem() {
    OptimisedStep step = step(Map.of("y", value(8, 10, 5, 5)), 2);
    for (String operator : List.of("Softmax", "LogSoftmax")) {
      assertThat(OperatorWorkspace.of(node(operator, ints("axis", 1)), step).inArena())
          .containsExactly(8_000L, 8_000L);
      assertThat(OperatorWorkspace.of(node(operator, ints("axis", 3)), step).inArena()).isEmpty();
      assertThat(OperatorWorkspace.of(node(operator), step).inArena()).isEmpty();
    }
  }

  @Test
  void localResponseNormKeepsTheScaleOfEachValueAndTheSquaresOfOneImage() {
    OptimisedStep step = step(Map.of("y", value(8, 10, 5, 5)), 2);
    assertThat(OperatorWorkspace.of(node("LRN", ints("size", 5)), step).inArena())
        .containsExactly(8_000L, 4L * (10 + 4) * 25);
  }

  private static List<Long> inArena(
      NodeProto conv, StepValue filters, StepValue result, int threads) {
    OptimisedStep step = step(Map.of("w", filters, "y", result), threads);
    return OperatorWorkspace.of(conv, step).inArena();
  }

  private static OptimisedStep step(Map<String, StepValue> values, int threads) {
    return new OptimisedStep(List.of(), Set.of(), values, 0, threads);
  }

  private static StepValue value(long... sizes) {
    long bytes = Arrays.stream(sizes).reduce(Float.BYTES, (one, other) -> one * other);
    return new StepValue(
        OnnxJavaType.FLOAT, Arrays.stream(sizes).boxed().toList(), bytes, List.of());
  }

  private static NodeProto node(String operator, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addInput("x")
        .addInput("w")
        .addOutput("y")
        .addAllAttribute(List.of(attributes))
        .build();
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (values.length == 1) {
      return attribute.setType(AttributeProto.AttributeType.INT).setI(values[0]).build();
    }
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.setType(AttributeProto.AttributeType.INTS).build();
  }
}
