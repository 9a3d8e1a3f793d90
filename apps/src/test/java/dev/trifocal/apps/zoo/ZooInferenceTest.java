package dev.trifocal.apps.zoo;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.trifocal.apps.engine.FoundBackends;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import dev.trifocal.weights.Safetensors;
import dev.trifocal.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole networks give what PyTorch's give, with weights that come from a file by their names. The
 * images are small where the published size would take long.
 */
class ZooInferenceTest {
  private static final double TOLERANCE = 1e-4;

  private final List<Backend> backends = FoundBackends.all();

  @TestFactory
  Stream<DynamicContainer> a_network_gives_what_PyTorch_gives(@TempDir Path folder) {
    return GoldenNetwork.all("inference").stream()
        .map(one -> dynamicContainer(one.name(), Stream.of(one).flatMap(o -> tests(o, folder))));
  }

  private Stream<DynamicTest> tests(GoldenNetwork one, Path folder) {
    Graph graph = one.model().graph(one.batch().sample(), one.classes());
    NamedRandomWeights source = one.weights(0);
    Tensor image = source.image(one.batch());
    Weights weights = throughFile(source.of(graph), folder.resolve(one.name() + ".safetensors"));
    return backends.stream()
        .map(b -> dynamicTest(b.name(), () -> equal(b, graph, weights, image, one)));
  }

  private static void equal(
      Backend backend, Graph graph, Weights weights, Tensor image, GoldenNetwork one) {
    try (Program program = backend.compile(graph, weights, RunOptions.DEFAULT)) {
      Tensor output = program.run(Map.of(Graph.INPUT, image)).get(Graph.OUTPUT);
      MaxDeviation.require(one.name(), output, one.tensor("output"), TOLERANCE);
    }
  }

  private static Weights throughFile(Weights weights, Path file) {
    Safetensors.write(file, weights, Map.of());
    Weights read = Safetensors.read(file);
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }
}
