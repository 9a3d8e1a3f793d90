package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.metric.Accuracy;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.Objective;
import dev.trifocal.train.Schedule;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.trainer.Callbacks;
import dev.trifocal.trainer.EpochRecord;
import dev.trifocal.trainer.FitOptions;
import dev.trifocal.trainer.MemoryCheckpoints;
import dev.trifocal.trainer.StopSignal;
import dev.trifocal.trainer.Trainer;
import dev.trifocal.trainer.TrainingResult;
import dev.trifocal.trainer.TrainingState;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several objectives, outputs without objective, and frozen parts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ObjectiveContract {
  private static final Objective CLASSES = new Objective("classes", new SoftmaxCrossEntropy(), 1);
  private static final Objective SIZES = new Objective("sizes", new MeanSquaredError(), 1);

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.OBJECTIVES, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  @Test
  void a_data_set_with_two_inputs_and_two_labels_trains_both_outputs() {
    Graph net = TwoInputNetwork.net();
    TrainingPlan plan =
        new TrainingPlan(List.of(CLASSES, SIZES), Sgd.of(0.1), new Schedule.Constant());
    TrainingState start =
        TrainingState.start(
            Checkpoint.start(net, 5), plan, List.of(new Accuracy("classes")), List.of());
    Dataset data = TwoInputNetwork.data(48);
    TrainingResult result =
        new Trainer(backend(), RunOptions.DEFAULT, Callbacks.none())
            .fit(
                start,
                new Splits(data, data, data),
                FitOptions.of(8, 8),
                new MemoryCheckpoints(),
                StopSignal.NEVER);
    List<EpochRecord> history = result.last().progress().history();
    assertThat(history.get(7).metrics().get("val_loss"))
        .isLessThan(0.5 * history.get(0).metrics().get("loss"));
    assertThat(history.get(7).metrics().get("val_accuracy")).isGreaterThan(0.9);
  }

  @Test
  void objectives_add_up_by_their_weights_in_the_loss_and_in_the_gradient() {
    Step classes = step(List.of(CLASSES));
    Step sizes = step(List.of(SIZES));
    Step both =
        step(
            List.of(
                new Objective("classes", CLASSES.loss(), 0.3),
                new Objective("sizes", SIZES.loss(), 2)));
    double loss = 0.3 * classes.result.loss() + 2 * sizes.result.loss();
    MaxDeviation.require("loss", both.result.loss(), loss, MaxDeviation.FORWARD);
    both.gradients.forEach(
        (name, gradient) ->
            MaxDeviation.require(
                name,
                gradient,
                sum(classes.gradients.get(name), sizes.gradients.get(name)),
                MaxDeviation.GRADIENT));
  }

  @Test
  void a_loss_may_average_the_batch_before_the_rest() {
    Step usual = step(List.of(SIZES));
    Step batchFirst =
        step(
            List.of(
                new Objective(
                    "sizes", in -> in.output().minus(in.values()).square().batchMean().mean(), 1)));
    MaxDeviation.require(
        "loss", batchFirst.result.loss(), usual.result.loss(), MaxDeviation.FORWARD);
    batchFirst.gradients.forEach(
        (name, gradient) ->
            MaxDeviation.require(name, gradient, usual.gradients.get(name), MaxDeviation.GRADIENT));
  }

  @Test
  void an_output_without_an_objective_is_computed_and_its_branch_stays_as_it_is() {
    Step step = step(List.of(CLASSES));
    assertThat(step.result.outputs()).containsOnlyKeys("classes", "sizes");
    assertThat(step.after.tensor("sizes.weight")).isEqualTo(step.before.tensor("sizes.weight"));
    assertThat(step.after.tensor("classes.weight"))
        .isNotEqualTo(step.before.tensor("classes.weight"));
  }

  @Test
  void an_output_in_the_middle_of_the_graph_can_be_watched() {
    Graph tapped = PracticeNetworks.net().tap("features.conv", "hidden");
    TrainingPlan plan = PracticeNetworks.plan();
    try (TrainingSession session =
        backend().train(plan, Checkpoint.start(tapped, 3), RunOptions.DEFAULT)) {
      StepResult result =
          session.step(PracticeNetworks.inputs(1, 4), PracticeNetworks.labels(1, 4), 0.01);
      assertThat(result.outputs()).containsOnlyKeys(Graph.OUTPUT, "features.conv", "hidden");
      assertThat(result.outputs().get("features.conv").shape()).isEqualTo(Shape.of(4, 4, 6, 5));
    }
  }

  @Test
  void frozen_layers_and_their_statistics_stay_bit_by_bit_while_the_rest_learns() {
    frozenStay(PracticeNetworks.net().freeze("features"), Set.of("features."));
  }

  @Test
  void layers_before_a_frozen_one_learn() {
    frozenStay(PracticeNetworks.net().freeze("hidden", "norm"), Set.of("hidden.", "norm."));
  }

  @Test
  void statistics_that_are_not_frozen_follow_the_data() {
    Graph net = PracticeNetworks.net();
    Checkpoint start = Checkpoint.start(net, 3);
    try (TrainingSession session =
        backend().train(PracticeNetworks.plan(), start, RunOptions.DEFAULT)) {
      PracticeNetworks.steps(session, 1, 2);
      Weights after = session.snapshot().weights();
      assertThat(WeightChanges.changed(start.weights(), after))
          .contains("norm.running_mean", "norm.running_var");
    }
  }

  @Test
  void labels_that_are_all_ignored_cost_nothing_and_teach_nothing() {
    Objective ignoring = new Objective("classes", new SoftmaxCrossEntropy().ignoreIndex(7), 1);
    Graph net = PracticeNetworks.twoHeads();
    Checkpoint start = Checkpoint.start(net, 3);
    TrainingPlan plan = plan(List.of(ignoring));
    try (TrainingSession session = backend().train(plan, start, RunOptions.DEFAULT)) {
      Map<String, Tensor> labels = Map.of("classes", Tensor.of(Shape.of(2), 7L, 7L));
      assertThat(session.step(PracticeNetworks.inputs(1, 2), labels, 1).loss()).isZero();
      Weights after = session.snapshot().weights();
      net.trainableShapes()
          .keySet()
          .forEach(
              name ->
                  MaxDeviation.require(name, after.tensor(name), start.weights().tensor(name), 0));
    }
  }

  @Test
  void a_graph_frozen_as_a_whole_reports_its_loss_and_stays_as_it_is() {
    Checkpoint start = Checkpoint.start(PracticeNetworks.net().freeze(), 3);
    try (TrainingSession session =
        backend().train(PracticeNetworks.plan(), start, RunOptions.DEFAULT)) {
      assertThat(PracticeNetworks.steps(session, 1, 2))
          .allSatisfy(loss -> assertThat(loss).isPositive());
      assertThat(session.snapshot().weights()).isEqualTo(start.weights());
    }
  }

  @Test
  void two_outputs_may_show_one_node_and_have_objectives_each() {
    Graph net = PracticeNetworks.twoHeads();
    Graph doubled =
        new Graph(net.name(), net.nodes(), Map.of("classes", "classes", "again", "classes"));
    Tensor ids = PracticeNetworks.ids(1, 4);
    List<Objective> objectives =
        List.of(
            new Objective("classes", CLASSES.loss(), 0.25),
            new Objective("again", CLASSES.loss(), 0.75));
    Step once = step(List.of(CLASSES));
    try (TrainingSession session =
        backend().train(plan(objectives), Checkpoint.start(doubled, 3), RunOptions.DEFAULT)) {
      Map<String, Tensor> labels = Map.of("classes", ids, "again", ids);
      StepResult result = session.step(PracticeNetworks.inputs(1, 4), labels, 1);
      MaxDeviation.require("loss", result.loss(), once.result.loss(), MaxDeviation.FORWARD);
      Weights after = session.snapshot().weights();
      once.gradients.keySet().stream()
          .filter(name -> !name.startsWith("sizes"))
          .forEach(
              name ->
                  MaxDeviation.require(
                      name,
                      WeightChanges.gradient(once.before, after, name),
                      once.gradients.get(name),
                      MaxDeviation.GRADIENT));
    }
  }

  @Test
  void cross_entropy_of_log_softmax_teaches_what_that_of_the_logits_teaches() {
    Graph logits = PracticeNetworks.net();
    Graph logarithms = logits.withHead("head", x -> x.then(Layer.logSoftmax()));
    Step expected = step(logits);
    Step actual = step(logarithms);
    MaxDeviation.require(
        "loss", actual.result.loss(), expected.result.loss(), MaxDeviation.FORWARD);
    expected.gradients.forEach(
        (name, gradient) ->
            MaxDeviation.require(
                name, actual.gradients.get(name), gradient, MaxDeviation.GRADIENT));
  }

  private void frozenStay(Graph net, Set<String> frozen) {
    Checkpoint start = Checkpoint.start(net, 3);
    Set<String> expected = new TreeSet<>(start.weights().tensors().keySet());
    expected.removeIf(name -> frozen.stream().anyMatch(name::startsWith));
    try (TrainingSession session =
        backend().train(PracticeNetworks.plan(), start, RunOptions.DEFAULT)) {
      PracticeNetworks.steps(session, 1, 5);
      Checkpoint after = session.snapshot();
      assertThat(WeightChanges.changed(start.weights(), after.weights())).isEqualTo(expected);
      assertThat(after.weights().tensors()).containsOnlyKeys(start.weights().tensors().keySet());
      after
          .slots()
          .values()
          .forEach(s -> assertThat(s.tensors()).containsOnlyKeys(net.trainableShapes().keySet()));
    }
  }

  private record Step(
      StepResult result, Weights before, Weights after, Map<String, Tensor> gradients) {}

  /** Takes one step of a network with one output and cross-entropy loss. */
  private Step step(Graph net) {
    Objective objective = new Objective(Graph.OUTPUT, CLASSES.loss(), 1);
    return step(net, List.of(objective), PracticeNetworks.labels(1, 4));
  }

  private Step step(List<Objective> objectives) {
    Map<String, Tensor> labels =
        Map.of(
            "classes",
            PracticeNetworks.ids(1, 4),
            "sizes",
            PracticeNetworks.noise("sizes", 1, Shape.of(4, 2)));
    return step(PracticeNetworks.twoHeads(), objectives, labels);
  }

  private Step step(Graph net, List<Objective> objectives, Map<String, Tensor> labels) {
    Checkpoint start = Checkpoint.start(net, 3);
    try (TrainingSession session = backend().train(plan(objectives), start, RunOptions.DEFAULT)) {
      StepResult result = session.step(PracticeNetworks.inputs(1, 4), labels, 1);
      Weights after = session.snapshot().weights();
      Map<String, Tensor> gradients = new LinkedHashMap<>();
      net.trainableShapes()
          .keySet()
          .forEach(n -> gradients.put(n, WeightChanges.gradient(start.weights(), after, n)));
      gradients.keySet().removeIf(ObjectiveContract::cancelled);
      return new Step(result, start.weights(), after, gradients);
    }
  }

  /** Returns whether a parameter is a bias before batch norm, whose gradient is only rounding. */
  private static boolean cancelled(String name) {
    return name.equals("features.conv.bias") || name.equals("hidden.bias");
  }

  private static TrainingPlan plan(List<Objective> objectives) {
    return new TrainingPlan(objectives, Sgd.of(1), new Schedule.Constant());
  }

  private static Tensor sum(Tensor classes, Tensor sizes) {
    float[] first = classes.toFloats();
    float[] second = sizes.toFloats();
    return Tensor.floats(
        classes.shape(),
        buffer -> {
          for (int i = 0; i < first.length; i++) {
            buffer.put(i, (float) (0.3 * first[i] + 2.0 * second[i]));
          }
        });
  }
}
