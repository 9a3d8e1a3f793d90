package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.error.WeightsException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Clipping;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Separate gradients and updates: micro-batches, and gradients that are read and supplied. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AccumulationContract {
  private static final int BATCH = 6;

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.ACCUMULATION, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  @Test
  void micro_batches_equal_one_batch_dropout_and_clipping_included() {
    TrainingPlan plan =
        TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.02))
            .clipping(new Clipping.ByGlobalNorm(0.1));
    Weights whole = trainedWithWholeBatches(plan);
    for (List<Integer> parts :
        List.of(List.of(BATCH), List.of(3, 3), List.of(1, 3, 2), List.of(2, 2, 1, 1))) {
      Weights pieces = trained(plan, parts);
      whole
          .tensors()
          .forEach(
              (name, expected) ->
                  report.add(
                      parts.size() + " micro-batches",
                      "weights",
                      MaxDeviation.require(
                          name, pieces.tensor(name), expected, MaxDeviation.TRAJECTORY)));
    }
  }

  @Test
  void gradients_are_those_that_a_step_of_plain_descent_takes() {
    Checkpoint start = Checkpoint.start(net(), 3);
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), Sgd.of(1));
    try (TrainingSession stepped = session(plan, start);
        TrainingSession read = session(plan, start)) {
      StepResult step =
          stepped.step(PracticeNetworks.inputs(1, BATCH), PracticeNetworks.labels(1, BATCH), 1);
      StepResult half =
          read.accumulate(PracticeNetworks.inputs(1, BATCH), PracticeNetworks.labels(1, BATCH));
      assertThat(half.loss()).isEqualTo(step.loss());
      assertThat(half.outputs()).isEqualTo(step.outputs());
      Weights gradients = read.gradients();
      assertThat(gradients.tensors()).containsOnlyKeys(net().trainableShapes().keySet());
      gradients
          .tensors()
          .forEach(
              (name, gradient) ->
                  report.add(
                      "gradients",
                      "gradient",
                      MaxDeviation.require(
                          name,
                          gradient,
                          WeightChanges.gradient(start.weights(), stepped.weights(), name),
                          MaxDeviation.GRADIENT)));
      assertThat(read.weights()).isEqualTo(start.weights());
    }
  }

  @Test
  void gradients_from_two_sessions_added_in_a_third_are_those_of_the_whole_batch() {
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), Adam.of(0.02));
    Checkpoint start = Checkpoint.start(net().freeze("drop"), 3);
    try (TrainingSession first = session(plan, start);
        TrainingSession second = session(plan, start);
        TrainingSession third = session(plan, start);
        TrainingSession whole = session(plan, start)) {
      first.accumulate(inputs(0, 4), labels(0, 4));
      second.accumulate(inputs(4, 2), labels(4, 2));
      third.addGradients(first.gradients(), 4);
      third.addGradients(second.gradients(), 2);
      third.update(0.02);
      whole.step(inputs(0, BATCH), labels(0, BATCH), 0.02);
      Weights expected = whole.weights();
      third
          .weights()
          .tensors()
          .forEach(
              (name, actual) ->
                  report.add(
                      "given gradients",
                      "weights",
                      MaxDeviation.require(
                          name, actual, expected.tensor(name), MaxDeviation.TRAJECTORY)));
      assertThat(third.snapshot().step()).isEqualTo(1);
      assertThat(third.snapshot().slots().keySet()).isEqualTo(whole.snapshot().slots().keySet());
    }
  }

  @Test
  void a_step_after_an_accumulation_uses_the_gradients_of_both() {
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), Sgd.of(0.5));
    Checkpoint start = Checkpoint.start(net(), 3);
    try (TrainingSession apart = session(plan, start);
        TrainingSession joined = session(plan, start)) {
      for (TrainingSession one : List.of(apart, joined)) {
        one.accumulate(inputs(0, 4), labels(0, 4));
      }
      apart.accumulate(inputs(4, 2), labels(4, 2));
      apart.update(0.5);
      joined.step(inputs(4, 2), labels(4, 2), 0.5);
      assertThat(joined.weights()).isEqualTo(apart.weights());
    }
  }

  @Test
  void running_statistics_follow_each_micro_batch_and_weights_do_not() {
    Graph net = PracticeNetworks.net();
    Checkpoint start = Checkpoint.start(net, 3);
    try (TrainingSession session = session(PracticeNetworks.plan(), start)) {
      session.accumulate(PracticeNetworks.inputs(1, 4), PracticeNetworks.labels(1, 4));
      Weights once = session.weights();
      session.accumulate(PracticeNetworks.inputs(2, 4), PracticeNetworks.labels(2, 4));
      Weights twice = session.weights();
      Set<String> statistics =
          Set.of(
              "features.norm.running_mean",
              "features.norm.running_var",
              "norm.running_mean",
              "norm.running_var");
      assertThat(WeightChanges.changed(start.weights(), once)).isEqualTo(statistics);
      assertThat(WeightChanges.changed(once, twice)).isEqualTo(statistics);
    }
  }

  @Test
  void an_update_needs_gradients_and_uses_them_once() {
    try (TrainingSession session = session(PracticeNetworks.plan(), Checkpoint.start(net(), 3))) {
      assertThatIllegalStateException().isThrownBy(() -> session.update(0.1));
      assertThatIllegalStateException().isThrownBy(session::gradients);
      session.accumulate(PracticeNetworks.inputs(1, 4), PracticeNetworks.labels(1, 4));
      session.update(0.1);
      assertThatIllegalStateException().isThrownBy(() -> session.update(0.1));
      assertThat(session.snapshot().step()).isEqualTo(1);
    }
  }

  @Test
  void given_gradients_must_be_those_of_the_trained_parameters() {
    Graph net = net().freeze("conv");
    try (TrainingSession session = session(PracticeNetworks.plan(), Checkpoint.start(net, 3))) {
      session.accumulate(PracticeNetworks.inputs(1, 4), PracticeNetworks.labels(1, 4));
      assertThat(session.gradients().tensors()).containsOnlyKeys(net.trainableShapes().keySet());
      assertThatThrownBy(() -> session.addGradients(Weights.NONE, 1))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("gradients")
          .hasMessageContaining("dense.weight");
    }
  }

  @Test
  void a_closed_session_refuses_gradients() {
    TrainingSession session = session(PracticeNetworks.plan(), Checkpoint.start(net(), 3));
    session.close();
    assertThatIllegalStateException()
        .isThrownBy(
            () -> session.accumulate(PracticeNetworks.inputs(1, 2), PracticeNetworks.labels(1, 2)));
    assertThatIllegalStateException().isThrownBy(session::gradients);
    assertThatIllegalStateException().isThrownBy(() -> session.addGradients(Weights.NONE, 1));
    assertThatIllegalStateException().isThrownBy(() -> session.update(1));
    assertThatIllegalStateException().isThrownBy(session::weights);
  }

  /** A network without batch norm, whose statistics would be those of the micro-batch. */
  private static Graph net() {
    return Graph.build(
        "accumulation",
        PracticeNetworks.SAMPLE,
        x ->
            x.then("conv", Layer.conv(4, 3).padding(1))
                .then(Layer.tanh())
                .then(Layer.flatten())
                .then("drop", Layer.dropout(0.25))
                .then("dense", Layer.dense(PracticeNetworks.CLASSES)));
  }

  private TrainingSession session(TrainingPlan plan, Checkpoint start) {
    return backend().train(plan, start, RunOptions.DEFAULT);
  }

  /** Returns the weights after three steps, none of which accumulates gradients. */
  private Weights trainedWithWholeBatches(TrainingPlan plan) {
    try (TrainingSession session = session(plan, Checkpoint.start(net(), 3))) {
      for (int update = 0; update < 3; update++) {
        int from = update * BATCH;
        session.step(inputs(from, BATCH), labels(from, BATCH), 0.02);
      }
      return session.weights();
    }
  }

  /** Returns the weights after three updates, each of one batch split into these parts. */
  private Weights trained(TrainingPlan plan, List<Integer> parts) {
    try (TrainingSession session = session(plan, Checkpoint.start(net(), 3))) {
      for (int update = 1; update <= 3; update++) {
        int from = (update - 1) * BATCH;
        for (int part : parts) {
          session.accumulate(inputs(from, part), labels(from, part));
          from += part;
        }
        session.update(0.02);
      }
      return session.weights();
    }
  }

  /** Returns samples that depend only on their number, so that a batch can be split anywhere. */
  private static Map<String, Tensor> inputs(int from, int count) {
    float[] values = new float[count * Math.toIntExact(PracticeNetworks.SAMPLE.elements())];
    int size = values.length / count;
    for (int i = 0; i < count; i++) {
      float[] one =
          PracticeNetworks.noise("input", from + i + 1L, PracticeNetworks.SAMPLE).toFloats();
      System.arraycopy(one, 0, values, i * size, size);
    }
    return Map.of(Graph.INPUT, Tensor.of(PracticeNetworks.SAMPLE.batch(count), values));
  }

  private static Map<String, Tensor> labels(int from, int count) {
    long[] ids = new long[count];
    for (int i = 0; i < count; i++) {
      ids[i] = PracticeNetworks.ids(from + i + 1L, 1).toLongs()[0];
    }
    return Map.of(Graph.OUTPUT, Tensor.of(Shape.of(count), ids));
  }
}
