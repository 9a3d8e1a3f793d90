package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationGradientTest {
  private static final float[] X = {-3e38f, -7, -1.5f, -1, -1e-6f, 0, 1e-6f, 2.5f, 5, 6, 7, 3e38f};

  /** ONNX's Clip without a bound has an infinite one, or the largest float. */
  @ParameterizedTest
  @CsvSource({
    "0, 6",
    "-1.5, 2.5",
    "-Infinity, 2.5",
    "0.5, Infinity",
    "-3.4028234663852886E38, 5",
    "0, 3.4028234663852886E38",
    "-3.4028234663852886E38, 3.4028234663852886E38"
  })
  void the_gradient_of_clip_passes_between_the_bounds_only(double low, double high)
      throws OrtException {
    float[] clipped = new float[X.length];
    float[] expected = new float[X.length];
    for (int i = 0; i < X.length; i++) {
      clipped[i] = (float) Math.min(Math.max(X[i], low), high);
      expected[i] = X[i] > low && X[i] < high ? i + 1 : 0;
    }
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("clip");
    String y = onnx.input("y", Shape.of(X.length));
    String dy = onnx.input("dy", Shape.of(X.length));
    ActivationGradient gradient = new ActivationGradient(onnx, "x", y, dy);
    onnx.output("dx", gradient.clip(new ActivationFunction.Clip(low, high)), Shape.of(X.length));
    float[] outer = new float[X.length];
    for (int i = 0; i < X.length; i++) {
      outer[i] = i + 1;
    }
    try (OrtSession session = OnnxSessions.open("clip", onnx.build(Map.of()), RunOptions.DEFAULT);
        OnnxTensor values = OnnxSessions.tensor(Tensor.of(Shape.of(X.length), clipped));
        OnnxTensor gradients = OnnxSessions.tensor(Tensor.of(Shape.of(X.length), outer));
        OrtSession.Result result = session.run(Map.of("y", values, "dy", gradients))) {
      assertThat(OnnxSessions.host((OnnxTensor) result.get(0)).toFloats())
          .containsExactly(expected);
    }
  }
}
