package dev.trifocal.apps.zoo;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.trifocal.apps.engine.FoundBackends;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.explain.ExplainedClassifier;
import dev.trifocal.explain.ExplanationMethod;
import dev.trifocal.explain.IntegratedGradients;
import dev.trifocal.explain.Occlusion;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Logits;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.MaxDeviation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Heat maps of whole networks are those that PyTorch's gradients and scores give. */
class ZooExplanationTest {
  private static final double TOLERANCE = 1e-4;
  private static final int LABEL = 2;

  private static final Map<String, ExplanationMethod> METHODS =
      Map.of(
          "grad-cam",
          ExplanationMethod.gradCam(),
          "layer-cam",
          ExplanationMethod.layerCam(),
          "integrated-gradients",
          new IntegratedGradients(2),
          "occlusion",
          new Occlusion(16, 8));

  private final List<Backend> backends = FoundBackends.all();

  @TestFactory
  Stream<DynamicContainer> heat_maps_are_those_of_PyTorch() {
    return GoldenNetwork.all("explanations").stream()
        .map(one -> dynamicContainer(one.name(), Stream.of(one).flatMap(this::tests)));
  }

  private Stream<DynamicTest> tests(GoldenNetwork one) {
    Graph graph = one.model().graph(one.batch().sample(), one.classes());
    NamedRandomWeights source = one.weights(one.tensor("attempt").toLongs()[0]);
    return backends.stream()
        .map(
            backend ->
                dynamicTest(
                    backend.name(),
                    () -> {
                      try (ExplainedClassifier classifier =
                          ExplainedClassifier.of(
                              Logits.of(graph), source.of(graph), backend, RunOptions.DEFAULT)) {
                        equal(classifier, source.image(one.batch()), one);
                      }
                    }));
  }

  private static void equal(ExplainedClassifier classifier, Tensor image, GoldenNetwork one) {
    METHODS.forEach(
        (name, method) ->
            MaxDeviation.require(
                one.name() + " " + name,
                method.explain(classifier, image, LABEL).values(),
                one.tensor(name),
                TOLERANCE));
  }
}
