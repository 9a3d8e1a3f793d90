package dev.trifocal.apps.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.onnxruntime.OrtException;
import dev.trifocal.apps.engine.FoundBackends;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import dev.trifocal.weights.Weights;
import dev.trifocal.zoo.Zoo;
import dev.trifocal.zoo.ZooModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every network of the zoo, written as ONNX, gives in plain ONNX Runtime what another engine
 * computes of the graph, and comes back as it was. The images are small. If {@code
 * -Dtrifocal.zoo=whole} does not say otherwise, VGG is without its large dense layers, and two of
 * three FCNs are left out: all share them.
 */
class ZooExportTest {
  private static final double TOLERANCE = 1e-5;
  private static final boolean WHOLE = System.getProperty("trifocal.zoo", "").equals("whole");

  private static final Set<String> LIKE_FCN8S = Set.of("fcn16s", "fcn32s");

  /** At the sizes used here: of the others, parameters or crops depend on the image's size. */
  private static final Set<String> ANY_SIZE =
      Set.of(
          "googlenet",
          "googlenet-bn",
          "fcn32s",
          "resnet18",
          "resnet34",
          "resnet50",
          "resnet101",
          "resnet152",
          "mnist-cnn-bn",
          "unet",
          "squeezenet1_0",
          "squeezenet1_1",
          "xception",
          "mobilenet-v1",
          "se-resnet50",
          "senet154",
          "mobilenet-v2",
          "three-conv");

  /** One of each kind: pools that round up, gates, paddings of both parities. */
  private static final Set<String> SEEN_AT_OTHER_SIZE =
      Set.of("googlenet", "squeezenet1_1", "resnet18", "mobilenet-v2", "xception", "se-resnet50");

  private final Backend judge =
      FoundBackends.all().stream().filter(b -> b.name().equals("djl")).findFirst().orElseThrow();

  @TestFactory
  Stream<DynamicTest> an_exported_network_computes_the_same(@TempDir Path folder) {
    return Zoo.list().stream()
        .filter(model -> WHOLE || !LIKE_FCN8S.contains(model.name()))
        .map(model -> dynamicTest(model.name(), () -> same(model, folder.resolve("model.onnx"))));
  }

  private void same(ZooModel model, Path file) throws OrtException, IOException {
    Shape size = size(model);
    Graph graph = graph(model, size);
    RepeatingWeights source = RepeatingWeights.of(variance(model));
    Weights weights = source.of(graph);
    Tensor image = source.image(size.batch(1));
    Tensor expected = run(graph, weights, image);
    OnnxExporter.write(file, graph, weights, Map.of());
    MaxDeviation.require("exported", PlainOnnxRuntime.run(file, image), expected, TOLERANCE);
    if (SEEN_AT_OTHER_SIZE.contains(model.name())) {
      otherSize(model, size, source, file, weights);
    }
    ImportedGraph imported =
        (ImportedGraph) OnnxImporter.read(file, ImportOptions.DEFAULT.input(size));
    assertThat(imported.weights()).isEqualTo(weights);
    assertThat(imported.graph().trainableShapes()).isEqualTo(graph.trainableShapes());
    Tensor again = run(imported.graph(), imported.weights(), image);
    MaxDeviation.require("imported again", again, expected, TOLERANCE / 10);
    List<String> declared = imported.facts().inputs().get(0).sizes();
    assertThat(declared.contains("height") && declared.contains("width"))
        .isEqualTo(ANY_SIZE.contains(model.name()));
    Files.delete(file);
  }

  /** The file takes images of another size, and then computes the network for that size. */
  private void otherSize(
      ZooModel model, Shape size, RepeatingWeights source, Path file, Weights weights)
      throws OrtException {
    Shape other = Shape.of(size.size(0), size.size(1) + 32, size.size(2) + 64);
    Tensor image = source.image(other.batch(1));
    Tensor expected = run(graph(model, other), weights, image);
    MaxDeviation.require("at " + other, PlainOnnxRuntime.run(file, image), expected, TOLERANCE);
  }

  private static Graph graph(ZooModel model, Shape size) {
    Graph graph = model.graph(size, model.options());
    return model.name().startsWith("vgg") && !WHOLE
        ? graph.withHead(model.features().orElseThrow(), v -> v.then("classifier", Layer.dense(10)))
        : graph;
  }

  /** The source's own channels at a size that is quickly computed, where it may be chosen. */
  private static Shape size(ZooModel model) {
    int channels = model.input().size(0);
    if (model.name().equals("unet-original")) {
      return Shape.of(channels, 188, 204);
    }
    return model.choices().contains(ZooModel.Choice.INPUT) && model.input().size(1) > 100
        ? Shape.of(channels, 96, 80)
        : model.input();
  }

  /** Such that the numbers stay within reach, where PyTorch found one. */
  private static double variance(ZooModel model) {
    return GoldenNetwork.all("inference").stream()
        .filter(golden -> golden.name().equals(model.name()))
        .mapToDouble(golden -> golden.tensor("variance").floats().get(0))
        .findFirst()
        .orElse(1);
  }

  private Tensor run(Graph graph, Weights weights, Tensor image) {
    try (Program program = judge.compile(graph, weights, RunOptions.DEFAULT)) {
      return program.run(Map.of(Graph.INPUT, image)).get(Graph.OUTPUT);
    }
  }
}
