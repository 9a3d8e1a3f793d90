package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.error.BackendException;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The number of channels that ONNX Runtime keeps together in the layout NCHWc: 16 or 8, the floats
 * of a vector register.
 */
final class NchwcBlockSize {
  /** Stands for a processor, or a build of ONNX Runtime, without the layout. */
  static final int NONE = 0;

  private static final int CHANNELS = 16;
  private static final int PIXELS = 2;

  private NchwcBlockSize() {}

  /** Returns the block size on this processor, found by turning a small image. */
  static int ofThisProcessor() {
    OnnxGraphBuilder onnx = new OnnxGraphBuilder("block-size", StepCompiler.OPSET);
    Shape sample = Shape.of(CHANNELS, 1, PIXELS);
    String image = onnx.batchInput("image", sample);
    String turned = onnx.node(NchwcValues.DOMAIN, "ReorderInput", List.of(image));
    onnx.batchOutput("turned", turned, sample);
    float[] values = new float[CHANNELS * PIXELS];
    IntStream.range(0, values.length).forEach(i -> values[i] = i);
    Tensor ascending = Tensor.of(sample.batch(1), values);
    try (OrtSession session =
            OnnxSessions.open("block size", onnx.build(Map.of()), RunOptions.DEFAULT);
        OnnxTensor given = OnnxSessions.tensor(ascending);
        OrtSession.Result result = session.run(Map.of(image, given))) {
      float[] found = OnnxSessions.host((OnnxTensor) result.get(0)).toFloats();
      return IntStream.of(16, 8)
          .filter(block -> Arrays.equals(found, turned(block)))
          .findFirst()
          .orElse(NONE);
    } catch (OrtException | BackendException e) {
      return NONE;
    }
  }

  private static float[] turned(int block) {
    float[] result = new float[CHANNELS * PIXELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        int position = (channel / block * PIXELS + pixel) * block + channel % block;
        result[position] = channel * PIXELS + pixel;
      }
    }
    return result;
  }
}
