package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The other settings of a plan, with every optimizer: gradient clipping, decay of weights only,
 * learning rates per group, a second phase, and frozen parts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PlanContract {
  private static final int STEPS = 10;

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.PLANS, () -> backend().name());

  private final GoldenValues plans = GoldenValues.load("plans");
  private final GoldenValues rates = GoldenValues.load("rates");
  private final GoldenValues images = GoldenValues.load("picture");

  /** The backend under test. */
  protected abstract Backend backend();

  @TestFactory
  Stream<DynamicTest> clipping_and_decay_follow_PyTorch_for_ten_steps() {
    return PlanCase.all().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> follows(one)));
  }

  @TestFactory
  Stream<DynamicTest> parts_learn_at_rates_of_their_own_like_PyTorchs_parameter_groups() {
    return PlanCase.optimizers().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> learnsInGroups(e.getKey())));
  }

  @TestFactory
  Stream<DynamicTest> a_second_phase_begins_like_a_new_optimizer_of_PyTorch() {
    return PlanCase.optimizers().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> learnsInPhases(e.getKey())));
  }

  @TestFactory
  Stream<DynamicTest> a_picture_is_trained_as_in_PyTorch_through_frozen_layers() {
    return PlanCase.optimizers().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> draws(e.getKey(), e.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> frozen_parts_stay_bit_by_bit_with_every_optimizer_and_its_decay() {
    return PlanCase.optimizers().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> staysFrozen(e.getValue())));
  }

  private void follows(PlanCase one) {
    Checkpoint start = Checkpoint.start(PlanCase.net(), new Weights(plans.below("start/")), 1);
    try (TrainingSession session = backend().train(one.plan(), start, RunOptions.DEFAULT)) {
      follow(session, plans, one.name(), 1, STEPS, batches(session, plans, one.plan()));
    }
  }

  private void learnsInGroups(String optimizer) {
    TrainingPlan plan = PlanCase.grouped(optimizer);
    Checkpoint start = Checkpoint.start(PlanCase.net(), new Weights(rates.below("start/")), 1);
    try (TrainingSession session = backend().train(plan, start, RunOptions.DEFAULT)) {
      follow(session, rates, optimizer + "/groups", 1, STEPS, batches(session, rates, plan));
    }
  }

  private void learnsInPhases(String optimizer) {
    String name = optimizer + "/phase";
    TrainingPlan plan = PlanCase.firstPhase();
    Checkpoint start = Checkpoint.start(PlanCase.net(), new Weights(rates.below("start/")), 1);
    Checkpoint middle;
    try (TrainingSession session = backend().train(plan, start, RunOptions.DEFAULT)) {
      follow(session, rates, name, 1, PlanCase.PHASE, batches(session, rates, plan));
      middle = session.snapshot();
    }
    TrainingPlan second = PlanCase.grouped(optimizer).start(middle.step());
    Checkpoint fresh =
        new Checkpoint(middle.graph(), middle.weights(), Map.of(), middle.step(), middle.seed());
    try (TrainingSession session = backend().train(second, fresh, RunOptions.DEFAULT)) {
      follow(session, rates, name, PlanCase.PHASE + 1, STEPS, batches(session, rates, second));
    }
  }

  private static IntFunction<Double> batches(
      TrainingSession session, GoldenValues golden, TrainingPlan plan) {
    return step -> {
      String batch = "batch" + (step - 1) % Trajectory.BATCHES + "/";
      Map<String, Tensor> inputs = Map.of(Graph.INPUT, golden.tensor(batch + "input"));
      Map<String, Tensor> labels = Map.of(Graph.OUTPUT, golden.tensor(batch + "ids"));
      return session.step(inputs, labels, plan.optimizer().learningRate()).loss();
    };
  }

  private void draws(String name, Optimizer optimizer) {
    Checkpoint start =
        Checkpoint.start(PlanCase.pictureNet(), new Weights(images.below("start/")), 1);
    TrainingPlan plan = TrainingPlan.of(new MeanSquaredError(), optimizer);
    Map<String, Tensor> labels = Map.of(Graph.OUTPUT, images.tensor("target"));
    try (TrainingSession session = backend().train(plan, start, RunOptions.DEFAULT)) {
      follow(
          session,
          images,
          name,
          1,
          STEPS,
          step -> session.step(Map.of(), labels, optimizer.learningRate()).loss());
      Weights after = session.snapshot().weights();
      for (String frozen : new String[] {"conv.weight", "conv.bias"}) {
        assertThat(after.tensor(frozen)).as(frozen).isEqualTo(start.weights().tensor(frozen));
      }
    }
  }

  private void follow(
      TrainingSession session,
      GoldenValues golden,
      String name,
      int first,
      int last,
      IntFunction<Double> lossOfStep) {
    Tensor losses = golden.tensor(name + "/loss");
    String subject = name.replace('/', ' ');
    for (int step = first; step <= last; step++) {
      double loss = lossOfStep.apply(step);
      double expected = losses.floats().get(step - 1);
      String what = "loss of step " + step;
      report.add(
          subject, "loss", MaxDeviation.require(what, loss, expected, MaxDeviation.TRAJECTORY));
      Map<String, Tensor> kept = golden.below(name + "/step" + step + "/");
      Weights weights = kept.isEmpty() ? Weights.NONE : session.snapshot().weights();
      String after = " after step " + step;
      kept.forEach(
          (weight, tensor) ->
              report.add(
                  subject,
                  "weights",
                  MaxDeviation.require(
                      weight + after, weights.tensor(weight), tensor, MaxDeviation.TRAJECTORY)));
    }
  }

  private void staysFrozen(Optimizer optimizer) {
    Graph net = PracticeNetworks.net().freeze("features", "norm");
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer);
    Checkpoint start = Checkpoint.start(net, 3);
    try (TrainingSession session = backend().train(plan, start, RunOptions.DEFAULT)) {
      PracticeNetworks.steps(session, 1, 5);
      Weights after = session.snapshot().weights();
      assertThat(WeightChanges.changed(start.weights(), after))
          .isEqualTo(net.trainableShapes().keySet());
    }
  }
}
