package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NchwcValuesTest {
  private static final int BLOCK = NchwcBlockSize.ofThisProcessor();
  private static final int BATCH = 2;
  private static final int CHANNELS = 32;

  /** Far from zero, so that errors of long sums do not cancel out. */
  private static final float MEAN = 10;

  @BeforeEach
  void requireLayout() {
    // ONNX Runtime has the layout on all processors of this architecture.
    assumeThat(System.getProperty("os.arch")).isEqualTo("amd64");
    assertThat(BLOCK).isIn(8, 16);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 5", "32, 32", "48, 40", "37, 41", "60, 200", "400, 300"})
  void channel_means_are_means_over_batch_and_space(int height, int width) throws OrtException {
    Shape sample = Shape.of(CHANNELS, height, width);
    Tensor image = RandomTensor.around(MEAN, sample.batch(BATCH), 3);
    float[] means =
        run(
            image,
            Shape.of(CHANNELS),
            (onnx, values) -> values.channelMeans(values.blocked("x"), sample));
    for (int channel = 0; channel < CHANNELS; channel++) {
      assertThat(means[channel]).isCloseTo(mean(image, channel), within(MEAN * 2e-6f));
    }
  }

  @Test
  void an_elementwise_operator_computes_the_same_on_blocks() throws OrtException {
    Shape sample = Shape.of(CHANNELS, 5, 7);
    Tensor image = RandomTensor.of(sample.batch(BATCH), 3);
    float[] same =
        run(
            image,
            sample.batch(BATCH),
            (onnx, values) -> {
              String doubled = onnx.node("Add", List.of(values.blocked("x"), values.blocked("x")));
              return values.add(doubled, CHANNELS);
            });
    float[] x = image.toFloats();
    for (int i = 0; i < x.length; i++) {
      assertThat(same[i]).isEqualTo(2 * x[i]);
    }
  }

  @Test
  void channels_are_scaled_shifted_and_added_up() throws OrtException {
    Shape sample = Shape.of(CHANNELS, 4, 3);
    Tensor image = RandomTensor.of(sample.batch(BATCH), 3);
    Tensor factors = RandomTensor.of(Shape.of(CHANNELS), 3);
    float[] found =
        run(
            image,
            sample.batch(BATCH),
            (onnx, values) -> {
              String given = onnx.constant(factors);
              String x = values.blocked("x");
              return values.add(values.scaled(x, CHANNELS, given, given, Optional.of(x)), CHANNELS);
            });
    float[] x = image.toFloats();
    int pixels = 4 * 3;
    for (int i = 0; i < x.length; i++) {
      float factor = factors.floats().get(i / pixels % CHANNELS);
      assertThat(found[i]).isCloseTo(x[i] * factor + factor + x[i], within(1e-6f));
    }
  }

  private static float mean(Tensor image, int channel) {
    Shape shape = image.shape();
    int pixels = shape.size(2) * shape.size(3);
    double sum = 0;
    for (int sample = 0; sample < shape.size(0); sample++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        sum += image.floats().get((sample * CHANNELS + channel) * pixels + pixel);
      }
    }
    return (float) (sum / (shape.size(0) * pixels));
  }

  private static float[] run(
      Tensor image, Shape output, BiFunction<OnnxGraphBuilder, NchwcValues, String> body)
      throws OrtException {
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("values", StepCompiler.OPSET);
    onnx.input("x", image.shape());
    onnx.output("y", body.apply(onnx, new NchwcValues(onnx, BLOCK)), output);
    try (OrtSession session =
            OnnxSessions.open("values", onnx.build(Map.of()), RunOptions.DEFAULT);
        OnnxTensor given = OnnxSessions.tensor(image);
        OrtSession.Result result = session.run(Map.of("x", given))) {
      return OnnxSessions.host((OnnxTensor) result.get(0)).toFloats();
    }
  }
}
