package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.trifocal.apps.engine.FoundBackends;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.FullyConvolutional;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.importer.FileValue;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Classifiers of many exporters become fully convolutional: at the size of the file, the mean over
 * the positions, of which most have one, is the published output.
 */
class FullyConvolutionalFilesTest {
  private static final double TOLERANCE = 1e-4;

  private static final List<String> FILES =
      List.of(
          "cifar10_winml_pytorch1.7_op10",
          "mcunet_bee_pytorch2.7_op14",
          "mnist_cntk_op8",
          "mnist_keras2onnx_op12_nhwc",
          "mnist_netkit_dw_op13_ir12",
          "mnist_pytorch1.1_op9",
          "traffic_sign_tf2onnx_op9_nhwc",
          "mobilenet_v2_1.0_224",
          "squeezenet1_1");

  @TestFactory
  Stream<DynamicTest> the_mean_over_the_positions_is_the_published_output() {
    List<GoldenModel> models =
        Stream.concat(GoldenModel.cases().stream(), GoldenModel.models().stream())
            .filter(one -> FILES.contains(one.name()))
            .toList();
    assertThat(models).hasSameSizeAs(FILES);
    return models.stream()
        .flatMap(
            one ->
                FoundBackends.all().stream()
                    .map(
                        backend ->
                            dynamicTest(
                                one.name() + ", " + backend.name(), () -> equal(backend, one))));
  }

  private static void equal(Backend backend, GoldenModel one) {
    ImportedGraph imported = OnnxImporter.read(one.file(), one.options()).orThrow();
    FileValue input = imported.facts().inputs().get(0);
    FileValue output =
        imported.facts().outputs().stream()
            .filter(value -> one.outputs().containsKey(value.name()))
            .findFirst()
            .orElseThrow();
    FullyConvolutional network = imported.graph().fullyConvolutional();
    assertThat(network.stride(output.path()).height()).isPositive();
    Graph graph = network.graph();
    try (Program program =
        backend.compile(graph, network.weights(imported.weights()), RunOptions.DEFAULT)) {
      Tensor map = program.run(Map.of(input.path(), one.inputFor(input))).get(output.path());
      Tensor expected = one.outputs().get(output.name()).tensor();
      MaxDeviation.require(output.name(), mean(map).reshape(expected.shape()), expected, TOLERANCE);
    }
  }

  /** Returns the means of {@code [1, K, H, W]} over the positions. */
  private static Tensor mean(Tensor map) {
    Shape shape = map.shape();
    int positions = shape.size(2) * shape.size(3);
    float[] values = map.toFloats();
    return Tensor.floats(
        Shape.of(1, shape.size(1)),
        buffer -> {
          for (int first = 0; first < values.length; first += positions) {
            double sum = 0;
            for (int i = 0; i < positions; i++) {
              sum += values[first + i];
            }
            buffer.put((float) (sum / positions));
          }
        });
  }
}
