package dev.trifocal.backend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Affine;
import dev.trifocal.onnx.OnnxExporter;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.LayerCase;
import dev.trifocal.testkit.LayerCases;
import dev.trifocal.testkit.MaxDeviation;
import dev.trifocal.testkit.randomgraph.RandomGraph;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is written as ONNX and read again computes what it did. */
class RoundTripTest {
  private static final double TOLERANCE = 1e-6;
  private static final int SKETCHES = 300;
  private static final Pattern FIRST_VALUES = Pattern.compile("\\w*[iI]nitializer=\\w+\\[[^]]*]");

  /** What comes back as other layers that do the same; the rest comes back as it was. */
  private static final Set<String> OTHERWISE =
      Set.of(
          // Nothing is done, so nothing is written, or read.
          "transpose_nothing",
          "slice_everything",
          "flatten_of_a_vector",
          "dropout_of_nothing",
          // A vector is what Flatten makes; a slice ends behind its last element.
          "reshape_drops_ones",
          "slice_columns_step_2",
          // ONNX's ceil mode has a window that begins in the padding; without it all is explicit.
          "max_pool2d_2_stride_2_padded_ceil",
          "max_pool2d_3_stride_2_ceil_not_into_padding",
          "avg_pool2d_2_padded_ceil",
          "avg_pool2d_3_stride_2_ceil_not_into_padding",
          // Without padding it is the same whether padding counts.
          "avg_pool2d_3_stride_2_ceil",
          "avg_pool2d_3_stride_2_ceil_higher_than_the_image",
          "avg_pool2d_5_stride_3_ceil_larger_than_the_image",
          // Rows beyond the kernel's reach, which ONNX Runtime refuses: padding and an Affine.
          "conv_transpose2d_dilation_3_stride_2_output_padding_2");

  private final OnnxBackend backend = new OnnxBackend();

  @TestFactory
  Stream<DynamicTest> every_layer_comes_back() {
    return LayerCases.all().stream()
        .filter(one -> !one.graph().inputs().isEmpty() && !isArithmetic(one.graph()))
        .map(one -> dynamicTest(one.name(), () -> comesBackAsItWas(one)));
  }

  @TestFactory
  Stream<DynamicTest> random_graphs_come_back() {
    return LongStream.range(0, SKETCHES)
        .mapToObj(RandomGraph::random)
        .map(one -> dynamicTest(one.graph().toString(), () -> comesBack(one.graph(), one.batch())));
  }

  /**
   * Powers and numbers come back in another form, and functions of positive numbers want their own
   * inputs: {@code ArithmeticRoundTripTest} has them.
   */
  private static boolean isArithmetic(Graph graph) {
    return graph.nodes().stream()
        .map(Node::layer)
        .anyMatch(
            layer ->
                Set.of("Log", "Sqrt", "Power").contains(layer.kind())
                    || layer instanceof Affine affine && affine.scale().size() == 1);
  }

  private void comesBackAsItWas(LayerCase one) {
    Graph back = comesBack(one.graph(), one.batch());
    assertThat(layers(back).equals(layers(one.graph())))
        .as("%s comes back as %s", layers(one.graph()), layers(back))
        .isEqualTo(!OTHERWISE.contains(one.name()));
  }

  /** But for first values, which ONNX does not have; and for the order, in which nothing lies. */
  private static Set<String> layers(Graph graph) {
    return graph.nodes().stream()
        .map(
            node ->
                node.path()
                    + " "
                    + FIRST_VALUES.matcher(node.layer().toString()).replaceAll("")
                    + node.inputs())
        .collect(Collectors.toSet());
  }

  private Graph comesBack(Graph graph, int batch) {
    Weights weights = weights(graph);
    ImportResult read =
        OnnxImporter.read(
            Path.of("model.onnx"),
            OnnxExporter.model(graph, weights, Map.of()),
            ImportOptions.DEFAULT.input(graph.inputs().get(0).shape()));
    assertThat(read).isInstanceOf(ImportedGraph.class);
    ImportedGraph imported = (ImportedGraph) read;
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Node node : graph.inputs()) {
      inputs.put(node.path(), noise(node.path(), node.shape().batch(batch)));
    }
    Map<String, Tensor> expected = run(graph, weights, inputs);
    Map<String, Tensor> actual = run(imported.graph(), imported.weights(), inputs);
    assertThat(actual).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, tensor) -> MaxDeviation.require(name, actual.get(name), tensor, TOLERANCE));
    return imported.graph();
  }

  private Map<String, Tensor> run(Graph graph, Weights weights, Map<String, Tensor> inputs) {
    try (Program program = backend.compile(graph, weights, RunOptions.DEFAULT)) {
      return program.run(inputs);
    }
  }

  private static Weights weights(Graph graph) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    graph.weightShapes().forEach((name, shape) -> result.put(name, noise(name, shape)));
    return new Weights(result);
  }

  /** Above zero for what is a variance. */
  private static Tensor noise(String name, Shape shape) {
    RandomStream stream = RandomStream.of(5).at(name);
    double low = name.endsWith("running_var") ? 0.5 : -1;
    return Tensor.floats(
        shape,
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) stream.uniform(i, low, 1.5));
          }
        });
  }
}
