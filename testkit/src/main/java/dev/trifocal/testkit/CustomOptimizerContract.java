package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.testkit.custom.AliasingOptimizer;
import dev.trifocal.testkit.custom.DoubleArrays;
import dev.trifocal.testkit.custom.EveryOperation;
import dev.trifocal.testkit.custom.Lion;
import dev.trifocal.train.Arithmetic;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Custom optimizers: their formulas run, their slots are kept, and runs resume exactly. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CustomOptimizerContract {
  /** A power of two, so that a step at this rate reveals the exact gradient. */
  private static final int RATE = 1 << 10;

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.CUSTOM_OPTIMIZERS, () -> backend().name());

  /** An optimizer whose update returns other slots than it declares. */
  private record Liar(double learningRate) implements Optimizer {
    @Override
    public Liar learningRate(double value) {
      return new Liar(value);
    }

    @Override
    public Liar weightDecay(double value) {
      return this;
    }

    @Override
    public List<String> slots() {
      return List.of("promised");
    }

    @Override
    public <T> Update<T> update(
        Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
      return new Update<>(math.subtract(weight, gradient), Map.of("given", gradient));
    }
  }

  /** The backend under test. */
  protected abstract Backend backend();

  @Test
  void every_operation_has_the_value_that_it_has_in_double_precision() {
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), 3);
    Checkpoint first = after(start, new EveryOperation(0.5), 1, 0.5);
    Checkpoint second = after(first, new EveryOperation(0.5), 1, 0.5);
    Set<String> names = new LinkedHashSet<>(PracticeNetworks.net().trainableShapes().keySet());
    // The gradient of a bias before batch norm is zero up to rounding.
    names.removeAll(Set.of("features.conv.bias", "hidden.bias"));
    for (String name : names) {
      double[] gradient = doubles(gradient(first, name));
      Map<String, double[]> slots = new LinkedHashMap<>();
      first.slots().forEach((slot, weights) -> slots.put(slot, doubles(weights.tensor(name))));
      Optimizer.Update<double[]> expected =
          new EveryOperation(0.5)
              .update(
                  new DoubleArrays(),
                  doubles(first.weights().tensor(name)),
                  gradient,
                  slots,
                  Map.of(Optimizer.LEARNING_RATE, new double[] {0.5}, "half", new double[] {0.25}));
      expected
          .slots()
          .forEach(
              (slot, values) ->
                  report.add(
                      "every operation",
                      slot,
                      MaxDeviation.require(
                          slot + " of " + name,
                          second.slot(slot).tensor(name),
                          floats(second.slot(slot).tensor(name), values),
                          MaxDeviation.TRAJECTORY)));
    }
  }

  /** Returns the gradient, from a step of plain gradient descent on the same state. */
  private Tensor gradient(Checkpoint state, String name) {
    Checkpoint bare =
        new Checkpoint(state.graph(), state.weights(), Map.of(), state.step(), state.seed());
    Checkpoint after = after(bare, Sgd.of(RATE), 1, RATE);
    return WeightChanges.gradient(bare.weights(), after.weights(), name, RATE);
  }

  @Test
  void lion_moves_every_element_by_the_rate() {
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), 3);
    Checkpoint after = after(start, new Lion(0.25, 0.9, 0.99, 0), 1, 0.25);
    // Not the bias of features.norm: some of its gradients are zero up to rounding.
    for (String name : List.of("head.weight", "norm.bias")) {
      float[] moved = WeightChanges.gradient(start.weights(), after.weights(), name).toFloats();
      for (float by : moved) {
        assertThat(Math.abs(by)).as(name).isBetween(0.2499f, 0.2501f);
      }
    }
  }

  @Test
  void a_snapshot_keeps_the_slots_and_a_resumed_training_goes_on_bit_by_bit() {
    Optimizer lion = new Lion(0.01, 0.9, 0.99, 0.1);
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), 3);
    Checkpoint whole = after(start, lion, 6, 0.01);
    Checkpoint half = after(start, lion, 3, 0.01);
    assertThat(half.slots().keySet()).isEqualTo(Set.of("exp_avg"));
    assertThat(half.slot("exp_avg").tensors().keySet())
        .isEqualTo(PracticeNetworks.net().trainableShapes().keySet());
    assertThat(after(half, lion, 3, 0.01)).isEqualTo(whole);
    assertThat(WeightChanges.changed(start.weights(), whole.weights())).contains("head.weight");
  }

  @Test
  void a_formula_may_hand_back_what_it_was_given() {
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), 3);
    Checkpoint before = after(start, new AliasingOptimizer(0.5), 4, 0.5);
    Checkpoint after = after(before, new AliasingOptimizer(0.5), 1, 0.5);
    for (String name : PracticeNetworks.net().trainableShapes().keySet()) {
      assertThat(after.slot("after").tensor(name)).isEqualTo(after.weights().tensor(name));
      assertThat(after.slot("before").tensor(name)).isEqualTo(before.weights().tensor(name));
      assertThat(after.slot("earlier").tensor(name)).isEqualTo(before.slot("before").tensor(name));
      assertThat(doubles(after.slot("never").tensor(name))).containsOnly(0);
      // The gradient must equal that of plain gradient descent from the same weights.
      MaxDeviation.require(
          name, after.slot("gradient").tensor(name), gradient(before, name), MaxDeviation.GRADIENT);
    }
  }

  @Test
  void an_optimizer_that_gives_other_slots_than_it_names_is_refused() {
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), new Liar(0.1));
    Checkpoint start = Checkpoint.start(PracticeNetworks.net(), 3);
    assertThatThrownBy(
            () -> {
              try (TrainingSession session = backend().train(plan, start, RunOptions.DEFAULT)) {
                PracticeNetworks.steps(session, 1, 1);
              }
            })
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            Liar.class.getName()
                + " declares the slots [promised], but its update returns [given]");
  }

  /** Returns the state after more steps, each with the batch of its number. */
  private Checkpoint after(Checkpoint start, Optimizer optimizer, int steps, double rate) {
    TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer);
    try (TrainingSession session = backend().train(plan, start, RunOptions.DEFAULT)) {
      for (long step = start.step() + 1; step <= start.step() + steps; step++) {
        Map<String, Tensor> labels = Map.of(Graph.OUTPUT, PracticeNetworks.ids(step, 4));
        session.step(PracticeNetworks.inputs(step, 4), labels, rate);
      }
      return session.snapshot();
    }
  }

  private static double[] doubles(Tensor tensor) {
    float[] floats = tensor.toFloats();
    double[] result = new double[floats.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = floats[i];
    }
    return result;
  }

  private static Tensor floats(Tensor like, double[] values) {
    return Tensor.floats(
        like.shape(),
        buffer -> {
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, (float) values[values.length == 1 ? 0 : i]);
          }
        });
  }
}
