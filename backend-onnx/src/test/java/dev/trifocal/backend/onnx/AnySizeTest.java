package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.GroupNorm;
import dev.trifocal.layer.Layer;
import dev.trifocal.layer.LayerSpec;
import dev.trifocal.layer.LocalResponseNorm;
import dev.trifocal.layer.Pad2d;
import dev.trifocal.layer.Padding;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Upsample2d;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import dev.trifocal.testkit.reference.Reference;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A model that leaves the image's size open computes, at every size, what its graph computes when
 * drawn for that size.
 */
class AnySizeTest {
  private static final int CHANNELS = 4;
  private static final int SMALLEST = 7;
  private static final int LARGEST = 15;

  @TestFactory
  Stream<DynamicTest> layers_at_every_size() {
    Map<String, LayerSpec> layers = new LinkedHashMap<>();
    layers.put("convolution", Layer.conv(3, 3).stride(2).padding(1));
    layers.put("transposed convolution", Layer.convTranspose(3, 3).stride(2).padding(1));
    layers.put("max pool", Layer.maxPool(3).stride(2).padding(1));
    layers.put("max pool in ceil mode", Layer.maxPool(3).stride(2).ceilMode());
    layers.put("padded max pool in ceil mode", Layer.maxPool(3).stride(2).padding(1).ceilMode());
    layers.put("average in ceil mode", Layer.avgPool(3).stride(2).ceilMode());
    layers.put("padded average in ceil mode", Layer.avgPool(3).stride(2).padding(1).ceilMode());
    layers.put(
        "average without padding in ceil mode",
        Layer.avgPool(3).stride(2).padding(1).excludePad().ceilMode());
    layers.put("group norm", new GroupNorm(2, 1e-5));
    layers.put("local response norm", new LocalResponseNorm(4, 0.5, 0.75, 1));
    layers.put("upsampling", new Upsample2d(new Size2d(2, 3), Upsample2d.Interpolation.BILINEAR));
    layers.put("reflection", new Pad2d(new Padding(1, 2, 3, 0), Pad2d.Mode.REFLECT, 0));
    layers.put("softmax", Layer.softmax());
    return layers.entrySet().stream()
        .map(one -> dynamicTest(one.getKey(), () -> everySize(one.getValue())));
  }

  private static void everySize(LayerSpec layer) throws OrtException {
    Graph first = graph(layer, SMALLEST + 2, SMALLEST + 5);
    Weights weights = first.initialWeights(3);
    ModelProto model = OnnxExporter.model(first, weights, Map.of());
    assertThat(model.getGraph().getInput(0).toString()).contains("height").contains("width");
    try (OrtSession session = OnnxSessions.open("open", model, RunOptions.DEFAULT)) {
      for (int height = SMALLEST; height <= LARGEST; height++) {
        for (int width = SMALLEST; width <= LARGEST; width++) {
          Tensor image = image(height, width);
          Graph graph = graph(layer, height, width);
          Tensor expected =
              Reference.of(graph, weights)
                  .run(Reference.arrays(Map.of(Graph.INPUT, image)))
                  .get(Graph.OUTPUT)
                  .toTensor();
          String size = height + "x" + width;
          MaxDeviation.require(size, run(session, image), expected, MaxDeviation.FORWARD);
        }
      }
    }
  }

  private static Graph graph(LayerSpec layer, int height, int width) {
    return Graph.build("sized", Shape.of(CHANNELS, height, width), x -> x.then("layer", layer));
  }

  private static Tensor run(OrtSession session, Tensor image) throws OrtException {
    try (OnnxTensor input = OnnxSessions.tensor(image);
        OrtSession.Result result = session.run(Map.of(Graph.INPUT, input))) {
      return OnnxSessions.host((OnnxTensor) result.get(Graph.OUTPUT).orElseThrow());
    }
  }

  private static Tensor image(int height, int width) {
    RandomStream stream = RandomStream.of(8);
    return Tensor.floats(
        Shape.of(2, CHANNELS, height, width),
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) stream.uniform(i, -1, 1));
          }
        });
  }
}
