package dev.trifocal.testkit;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.GraphBuilder;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All losses and their gradients with respect to the logits match PyTorch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LossContract {
  private static final int RATE = 1024;

  private final GoldenValues golden = GoldenValues.load("losses");

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.LOSSES, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  @TestFactory
  Stream<DynamicTest> a_loss_and_its_gradient_are_PyTorchs() {
    return LossCase.all().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> matches(one)));
  }

  private void matches(LossCase one) {
    Tensor logits = golden.tensor(one.name() + "/logits");
    LearnableBatch image =
        new LearnableBatch("logits", logits.shape().sample(), logits.shape().size(0));
    GraphBuilder builder = new GraphBuilder(one.name());
    Graph graph = builder.output(Graph.OUTPUT, image.draw(builder)).graph();
    Weights weights = new Weights(Map.of(image.weightName(), image.weight(logits)));
    Checkpoint start = Checkpoint.start(graph, weights, 1);
    TrainingPlan plan = TrainingPlan.of(one.loss(), Sgd.of(1));
    try (TrainingSession session = backend().train(plan, start, RunOptions.DEFAULT)) {
      StepResult result =
          session.step(
              Map.of(image.selectorName(), image.selector()),
              Map.of(Graph.OUTPUT, golden.tensor(one.name() + "/labels")),
              RATE);
      double loss = golden.number(one.name() + "/loss");
      Weights after = session.snapshot().weights();
      Tensor gradient =
          image.samples(WeightChanges.gradient(weights, after, image.weightName(), RATE));
      report.add(
          one.name(),
          "loss",
          MaxDeviation.require("loss", result.loss(), loss, MaxDeviation.FORWARD));
      report.add(one.name(), "gradient", gradient(one, gradient));
    }
  }

  private double gradient(LossCase one, Tensor actual) {
    Tensor expected = golden.tensor(one.name() + "/gradient");
    return MaxDeviation.require("gradient", actual, expected, MaxDeviation.GRADIENT);
  }
}
