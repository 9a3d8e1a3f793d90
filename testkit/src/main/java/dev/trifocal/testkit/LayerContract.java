package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.error.UnsupportedLayerException;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All layers, forward and backward, match PyTorch. {@link LearnableBatch}es reveal the gradient
 * with respect to inputs. Cases that the backend declares unsupported must be rejected.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LayerContract {
  /** The seed of the dropout masks in the golden values. */
  static final long SEED = 20;

  private final GoldenValues golden = GoldenValues.load("layers");

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.LAYERS, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  @TestFactory
  Stream<DynamicTest> a_compiled_layer_gives_what_PyTorch_gives() {
    return LayerCases.all().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> compiled(one)));
  }

  @TestFactory
  Stream<DynamicTest> a_trained_layer_gives_PyTorchs_outputs_loss_gradients_and_statistics() {
    return LayerCases.all().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> trained(one)));
  }

  private void compiled(LayerCase one) {
    Graph graph = one.graph();
    Weights weights = new Weights(golden.below(one.name() + "/weight/"));
    if (!backend().unsupported(graph).isEmpty()) {
      assertThatThrownBy(() -> backend().compile(graph, weights, RunOptions.DEFAULT).close())
          .isInstanceOf(UnsupportedLayerException.class);
      report.refused(one.name());
      return;
    }
    try (Program program = backend().compile(graph, weights, RunOptions.DEFAULT)) {
      Map<String, Tensor> outputs = program.run(golden.below(one.name() + "/input/"));
      forward(one, "", one.outputs(golden), outputs);
    }
  }

  private void trained(LayerCase one) {
    Checkpoint start = Checkpoint.start(one.learnedGraph(), one.learnedWeights(golden), SEED);
    TrainingPlan plan = one.plan(golden);
    if (!backend().unsupported(start.graph()).isEmpty()) {
      assertThatThrownBy(() -> backend().train(plan, start, RunOptions.DEFAULT).close())
          .isInstanceOf(UnsupportedLayerException.class);
      report.refused(one.name());
      return;
    }
    try (TrainingSession session = backend().train(plan, start, RunOptions.DEFAULT)) {
      Map<String, Tensor> selectors = one.selectors();
      forward(one, "predicted ", one.outputs(golden), session.predict(selectors));
      StepResult result = session.step(selectors, one.targets(golden), 1);
      forward(one, "trained ", one.trainedOutputs(golden), result.outputs());
      double loss = golden.number(one.name() + "/loss");
      MaxDeviation.require("loss", result.loss(), loss, MaxDeviation.FORWARD);
      gradients(one, start.weights(), session.snapshot().weights());
      statistics(one, session.snapshot().weights());
    }
  }

  private void forward(
      LayerCase one, String mode, Map<String, Tensor> expected, Map<String, Tensor> outputs) {
    assertThat(outputs).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, tensor) ->
            report.add(
                one.subject(),
                "forward",
                MaxDeviation.require(
                    mode + name, outputs.get(name), tensor, MaxDeviation.FORWARD)));
  }

  private void gradients(LayerCase one, Weights before, Weights after) {
    Map<String, Tensor> expected = golden.below(one.name() + "/gradient/");
    for (LearnableBatch image : one.images()) {
      Tensor gradient = WeightChanges.gradient(before, after, image.weightName());
      gradient(one, image.name(), image.samples(gradient), expected.remove(image.name()));
    }
    expected.forEach((n, e) -> gradient(one, n, WeightChanges.gradient(before, after, n), e));
  }

  private void gradient(LayerCase one, String name, Tensor actual, Tensor expected) {
    double deviation =
        MaxDeviation.require("gradient of " + name, actual, expected, MaxDeviation.GRADIENT);
    report.add(one.subject(), "gradient", deviation);
  }

  private void statistics(LayerCase one, Weights after) {
    golden
        .below(one.name() + "/after/")
        .forEach(
            (name, expected) ->
                report.add(
                    one.subject(),
                    "statistics",
                    MaxDeviation.require(
                        name, after.tensor(name), expected, MaxDeviation.FORWARD)));
  }
}
