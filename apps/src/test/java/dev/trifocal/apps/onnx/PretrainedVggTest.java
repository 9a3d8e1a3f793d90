package dev.trifocal.apps.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.trifocal.apps.engine.FoundBackends;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The first layers of VGG-11 with batch norm, drawn by the zoo and given pretrained weights by
 * their published names, make what PyTorch's export of the same network makes.
 */
class PretrainedVggTest {
  private static final double TOLERANCE = 1e-4;
  private static final Map<String, String> LAYERS =
      Map.of(
          "relu1_1", "features.2",
          "relu2_1", "features.6",
          "relu3_1", "features.10",
          "relu3_2", "features.13");

  @TestFactory
  Stream<DynamicTest> pretrained_weights_give_the_numbers_of_their_publisher() {
    GoldenModel golden =
        GoldenModel.models().stream()
            .filter(one -> one.name().startsWith("vgg11_bn"))
            .findFirst()
            .orElseThrow();
    ImportedGraph file = OnnxImporter.read(golden.file(), golden.options()).orThrow();
    assertThat(golden.outputs()).containsOnlyKeys(LAYERS.keySet());
    return FoundBackends.all().stream()
        .flatMap(
            backend ->
                LAYERS.entrySet().stream()
                    .map(
                        layer ->
                            dynamicTest(
                                backend.name() + " " + layer.getKey(),
                                () -> equal(backend, file.weights(), golden, layer))));
  }

  private static void equal(
      Backend backend, Weights published, GoldenModel golden, Map.Entry<String, String> layer) {
    ZooModel model = Zoo.find("vgg11-bn");
    Graph graph = model.graph(Shape.of(3, 64, 64), 1000).upTo(layer.getValue());
    Weights weights =
        model
            .hubWeights()
            .orElseThrow()
            .names()
            .translate(published)
            .only(graph.weightShapes().keySet())
            .requireFit("vgg11-bn", graph.weightShapes());
    try (Program program = backend.compile(graph, weights, RunOptions.DEFAULT)) {
      Tensor made =
          program.run(Map.of(Graph.INPUT, golden.inputTensor())).values().iterator().next();
      Tensor expected = golden.outputs().get(layer.getKey()).tensor();
      MaxDeviation.require(layer.getKey(), made, expected, TOLERANCE);
    }
  }
}
