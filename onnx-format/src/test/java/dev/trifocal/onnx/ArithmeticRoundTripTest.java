package dev.trifocal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.onnx.importer.ImportOptions;
import dev.trifocal.onnx.importer.ImportResult;
import dev.trifocal.onnx.importer.ImportedGraph;
import dev.trifocal.onnx.importer.OnnxImporter;
import dev.trifocal.random.RandomStream;
import dev.trifocal.testkit.LayerCase;
import dev.trifocal.testkit.LayerCases;
import dev.trifocal.testkit.reference.Reference;
import dev.trifocal.testkit.reference.ReferenceArray;
import dev.trifocal.weights.Weights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Arithmetic and values of the whole batch mean the same after export and import. */
class ArithmeticRoundTripTest {
  private static final int BATCH = 3;
  private static final Set<String> KINDS =
      Set.of("BatchReduce", "Divide", "Exp", "Log", "Sqrt", "Abs", "Power", "Affine");

  @TestFactory
  Stream<DynamicTest> a_graph_gives_the_same_after_export_and_import() {
    List<LayerCase> cases =
        LayerCases.all().stream().filter(one -> isArithmetic(one.graph())).toList();
    assertThat(cases).hasSizeGreaterThan(50);
    return cases.stream().map(one -> dynamicTest(one.name(), () -> survives(one.graph())));
  }

  private static boolean isArithmetic(Graph graph) {
    return graph.nodes().stream().anyMatch(node -> KINDS.contains(node.layer().kind()));
  }

  private static void survives(Graph graph) {
    Weights weights = graph.initialWeights(5);
    ImportResult read =
        OnnxImporter.read(
            Path.of("case.onnx"),
            OnnxExporter.model(graph, weights, Map.of()),
            ImportOptions.DEFAULT.input(graph.inputs().get(0).shape()));
    ImportedGraph back = read.orThrow();
    Map<String, ReferenceArray> inputs = inputs(graph);
    Map<String, ReferenceArray> expected = Reference.of(graph, weights).run(inputs);
    Map<String, ReferenceArray> actual = Reference.of(back.graph(), back.weights()).run(inputs);
    expected.forEach(
        (name, array) -> {
          assertThat(actual.get(name).shape()).isEqualTo(array.shape());
          assertThat(actual.get(name).values())
              .containsExactly(array.values(), Offset.offset(1e-6));
        });
  }

  /** Positive numbers, of which everything is defined. */
  private static Map<String, ReferenceArray> inputs(Graph graph) {
    Map<String, ReferenceArray> result = new HashMap<>();
    for (Node input : graph.inputs()) {
      RandomStream stream = RandomStream.of(9).at(input.path());
      result.put(
          input.path(),
          ReferenceArray.fill(input.shape().batch(BATCH), i -> stream.uniform(i, 0.5, 1.5)));
    }
    return result;
  }
}
