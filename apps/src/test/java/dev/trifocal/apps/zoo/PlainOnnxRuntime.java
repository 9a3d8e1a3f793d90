package dev.trifocal.apps.zoo;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** ONNX Runtime as anybody uses it, without Trifocal's backend. */
final class PlainOnnxRuntime {
  private PlainOnnxRuntime() {}

  /** The output for a batch of images. */
  static Tensor run(Path file, Tensor image) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(environment, image.floats(), image.shape().toLongs());
        OrtSession.Result result = session.run(Map.of(Graph.INPUT, input))) {
      OnnxTensor output = (OnnxTensor) result.get(Graph.OUTPUT).orElseThrow();
      int[] sizes = Arrays.stream(output.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
      return Tensor.floats(Shape.of(sizes), buffer -> buffer.put(output.getFloatBuffer()));
    }
  }
}
