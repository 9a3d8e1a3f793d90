package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.testkit.reference.Reference;
import dev.trifocal.testkit.reference.TrainingStep;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole training runs are reproducible, resume exactly and leave frozen parts unchanged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TrainingContract {
  private static final long SEED = 11;

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.TRAINING, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  @Test
  void the_same_seed_twice_gives_identical_losses_and_weights() {
    try (TrainingSession first =
            session(PracticeNetworks.plan(), Checkpoint.start(PracticeNetworks.net(), SEED));
        TrainingSession second =
            session(PracticeNetworks.plan(), Checkpoint.start(PracticeNetworks.net(), SEED))) {
      assertThat(PracticeNetworks.steps(first, 1, 6))
          .isEqualTo(PracticeNetworks.steps(second, 1, 6));
      assertThat(first.snapshot()).isEqualTo(second.snapshot());
    }
  }

  @Test
  void another_seed_drops_other_elements() {
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), SEED);
    Checkpoint other = Checkpoint.start(start.graph(), start.weights(), SEED + 1);
    try (TrainingSession first = session(PracticeNetworks.plan(), start);
        TrainingSession second = session(PracticeNetworks.plan(), other)) {
      assertThat(PracticeNetworks.steps(first, 1, 1))
          .isNotEqualTo(PracticeNetworks.steps(second, 1, 1));
    }
  }

  @Test
  void a_smaller_last_batch_gives_as_many_outputs() {
    try (TrainingSession session =
        session(PracticeNetworks.plan(), Checkpoint.start(PracticeNetworks.net(), SEED))) {
      for (int batch : new int[] {4, 4, 2, 5}) {
        StepResult result =
            session.step(
                PracticeNetworks.inputs(batch, batch), PracticeNetworks.labels(batch, batch), 0.01);
        assertThat(result.loss()).isFinite();
        assertThat(result.outputs().get(Graph.OUTPUT).shape())
            .isEqualTo(Shape.of(batch, PracticeNetworks.CLASSES));
        assertThat(session.predict(PracticeNetworks.inputs(batch, batch)).get(Graph.OUTPUT).shape())
            .isEqualTo(Shape.of(batch, PracticeNetworks.CLASSES));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> a_training_resumed_from_a_snapshot_goes_on_bit_by_bit() {
    return Trajectory.optimizers().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> resumes(e.getValue())));
  }

  private void resumes(Optimizer optimizer) {
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer);
    Checkpoint middle;
    List<Double> losses;
    Checkpoint end;
    try (TrainingSession session = session(plan, Checkpoint.start(PracticeNetworks.net(), SEED))) {
      PracticeNetworks.steps(session, 1, 4);
      middle = session.snapshot();
      losses = PracticeNetworks.steps(session, 5, 9);
      end = session.snapshot();
    }
    assertThat(middle.step()).isEqualTo(4);
    assertThat(middle.seed()).isEqualTo(SEED);
    assertThat(middle.slots()).containsOnlyKeys(optimizer.slots());
    assertThat(middle.weights()).isNotEqualTo(end.weights());
    try (TrainingSession session = session(plan, middle)) {
      assertThat(session.snapshot()).isEqualTo(middle);
      assertThat(PracticeNetworks.steps(session, 5, 9)).isEqualTo(losses);
      assertThat(session.snapshot()).isEqualTo(end);
    }
  }

  @Test
  void predictions_are_those_of_a_program_compiled_from_the_snapshot() {
    Map<String, Tensor> inputs = PracticeNetworks.inputs(99, 3);
    try (TrainingSession session =
        session(PracticeNetworks.plan(), Checkpoint.start(PracticeNetworks.net(), SEED))) {
      for (int step = 1; step <= 3; step++) {
        PracticeNetworks.steps(session, step, step);
        Checkpoint now = session.snapshot();
        try (Program program = backend().compile(now.graph(), now.weights(), RunOptions.DEFAULT)) {
          Map<String, Tensor> predicted = session.predict(inputs);
          assertThat(predicted).isEqualTo(program.run(inputs));
          assertThat(session.predict(inputs)).isEqualTo(predicted);
        }
      }
    }
  }

  @Test
  void predicting_and_taking_snapshots_does_not_disturb_the_training() {
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), SEED);
    try (TrainingSession quiet = session(PracticeNetworks.plan(), start);
        TrainingSession watched = session(PracticeNetworks.plan(), start)) {
      for (int step = 1; step <= 4; step++) {
        watched.predict(PracticeNetworks.inputs(100 + step, 2));
        watched.snapshot();
        assertThat(PracticeNetworks.steps(watched, step, step))
            .isEqualTo(PracticeNetworks.steps(quiet, step, step));
      }
      assertThat(watched.snapshot()).isEqualTo(quiet.snapshot());
    }
  }

  @Test
  void a_step_reports_the_outputs_and_the_loss_from_before_its_update() {
    Graph net = Trajectory.net();
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), Sgd.of(0.5));
    Map<String, Tensor> inputs =
        Map.of(
            Graph.INPUT,
            PracticeNetworks.noise("before", 1, net.node(Graph.INPUT).shape().batch(3)));
    Tensor labels = PracticeNetworks.ids(1, 3);
    try (TrainingSession session = session(plan, Checkpoint.start(net, SEED))) {
      Tensor before = session.predict(inputs).get(Graph.OUTPUT);
      StepResult result = session.step(inputs, Map.of(Graph.OUTPUT, labels), 0.5);
      Tensor output = result.outputs().get(Graph.OUTPUT);
      MaxDeviation.require("output", output, before, MaxDeviation.FORWARD);
      double expected =
          Reference.of(net, net.initialWeights(SEED))
              .loss(
                  plan,
                  Reference.arrays(inputs),
                  Map.of(Graph.OUTPUT, labels),
                  new TrainingStep(SEED, 1));
      MaxDeviation.require("loss", result.loss(), expected, MaxDeviation.FORWARD);
      assertThat(session.predict(inputs).get(Graph.OUTPUT)).isNotEqualTo(before);
    }
  }

  @Test
  void the_rate_of_a_step_is_the_one_given_and_not_the_optimizers() {
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), Sgd.of(0.5));
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), SEED);
    try (TrainingSession session = session(plan, start)) {
      session.step(PracticeNetworks.inputs(1, 4), PracticeNetworks.labels(1, 4), 0);
      Checkpoint after = session.snapshot();
      start
          .graph()
          .trainableShapes()
          .keySet()
          .forEach(
              name ->
                  assertThat(after.weights().tensor(name))
                      .as(name)
                      .isEqualTo(start.weights().tensor(name)));
    }
  }

  private TrainingSession session(TrainingPlan plan, Checkpoint start) {
    return backend().train(plan, start, RunOptions.DEFAULT);
  }
}
