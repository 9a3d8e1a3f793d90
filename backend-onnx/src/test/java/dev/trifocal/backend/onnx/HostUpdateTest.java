package dev.trifocal.backend.onnx;

import static dev.trifocal.layer.Layer.dense;
import static dev.trifocal.layer.Layer.relu;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Device;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.onnx.StepCompiler.Placement;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.testkit.custom.Lion;
import dev.trifocal.train.Adagrad;
import dev.trifocal.train.Adam;
import dev.trifocal.train.AdamW;
import dev.trifocal.train.Arithmetic;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Clipping;
import dev.trifocal.train.ExponentialMovingAverage;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.NAdam;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.ParameterGroup;
import dev.trifocal.train.RmsProp;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where parameters are updated makes no difference to them. */
class HostUpdateTest {
  private static final int STEPS = 3;

  /** A weight of more elements than a thread takes at once. */
  private static final Graph NET =
      Graph.build(
          "net",
          Shape.of(300),
          x -> x.then("wide", dense(257)).then(relu()).then("head", dense(3)));

  /** Every elementwise operation, on arrays and on numbers. */
  private record Operations(double learningRate) implements Optimizer {
    @Override
    public Operations learningRate(double value) {
      return new Operations(value);
    }

    @Override
    public Operations weightDecay(double value) {
      return this;
    }

    @Override
    public List<String> slots() {
      return List.of("a", "b");
    }

    @Override
    public <T> Update<T> update(
        Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
      T rate = scalars.get(LEARNING_RATE);
      T root = math.sqrt(math.abs(math.add(weight, gradient)));
      T powered = math.power(math.add(root, math.sqrt(rate)), math.constant(1.5));
      T bounded = math.minimum(math.maximum(gradient, math.constant(-0.1)), rate);
      T next = math.subtract(weight, math.multiply(rate, math.sign(gradient)));
      T slow = math.divide(math.add(slots.get("a"), powered), math.exp(math.abs(weight)));
      return new Update<>(next, Map.of("a", slow, "b", bounded));
    }
  }

  static Stream<TrainingPlan> plans() {
    return Stream.of(
            Sgd.of(0.1),
            new Sgd(0.1, 0.9, Sgd.Acceleration.NESTEROV, 0.01),
            Adam.of(0.01).weightDecay(0.1),
            AdamW.of(0.01),
            NAdam.of(0.01),
            RmsProp.of(0.01),
            Adagrad.of(0.1),
            new ExponentialMovingAverage(Adam.of(0.01), 0.9),
            new Lion(0.01, 0.9, 0.99, 0.1),
            new Operations(0.01))
        .map(optimizer -> TrainingPlan.of(new MeanSquaredError(), optimizer))
        .flatMap(
            plan ->
                Stream.of(
                    plan,
                    plan.clipping(new Clipping.ByGlobalNorm(0.5))
                        .rates(List.of(new ParameterGroup("head", 0.5)))));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void on_the_host_and_in_the_model_are_the_same(TrainingPlan plan) {
    Checkpoint expected = trained(plan, Placement.MODEL);
    Checkpoint found = trained(plan, Placement.HOST);

    assertSame(found.weights(), expected.weights());
    plan.optimizer().slots().forEach(slot -> assertSame(found.slot(slot), expected.slot(slot)));
  }

  @Test
  void every_optimizer_of_the_library_is_updated_on_the_host() {
    plans()
        .forEach(
            plan ->
                assertThat(
                        StepCompiler.step(
                                plan,
                                NET,
                                new Weights(Map.of()),
                                LossGraph.of(NET, plan.objectives()),
                                Placement.HOST,
                                new StepTarget(NchwcBlockSize.NONE, 4))
                            .updates())
                    .containsOnlyKeys(NET.trainableShapes().keySet()));
  }

  @Test
  void the_number_of_threads_makes_no_difference() {
    TrainingPlan plan = TrainingPlan.of(new MeanSquaredError(), Adam.of(0.01));
    assertThat(update(plan, 1).tensors())
        .isEqualTo(update(plan, 3).tensors())
        .isNotEqualTo(start().weights().tensors());
  }

  /** Updates from given gradients, which thus do not depend on the number of threads. */
  private static Weights update(TrainingPlan plan, int threads) {
    Checkpoint start = start();
    try (OnnxTrainingSession session =
        OnnxTrainingSession.open(
            new OnnxBackend(),
            plan,
            start,
            new RunOptions(Device.CPU, threads),
            OnnxSessions::open)) {
      session.addGradients(start.weights().times(0.5), 2);
      session.update(0.01);
      return session.weights();
    }
  }

  private static Checkpoint trained(TrainingPlan plan, Placement placement) {
    try (OnnxTrainingSession session =
        OnnxTrainingSession.open(
            new OnnxBackend(),
            plan,
            start(),
            new RunOptions(Device.CPU, 1),
            OnnxSessions::open,
            placement,
            new StepTarget(NchwcBlockSize.NONE, 4))) {
      for (int step = 0; step < STEPS; step++) {
        session.step(
            Map.of(Graph.INPUT, RandomTensor.of(Shape.of(4, 300), step)),
            Map.of(Graph.OUTPUT, RandomTensor.of(Shape.of(4, 3), step + 10)),
            0.01);
      }
      return session.snapshot();
    }
  }

  private static Checkpoint start() {
    return Checkpoint.start(NET, 1);
  }

  private static void assertSame(Weights found, Weights expected) {
    assertThat(found.tensors()).containsOnlyKeys(expected.tensors().keySet());
    expected
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(LargestDifference.of(found.tensor(name).toFloats(), tensor.toFloats()))
                    .as(name)
                    .isLessThan(1e-6));
  }
}
