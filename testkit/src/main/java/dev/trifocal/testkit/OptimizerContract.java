package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.conformance.ContractTopic;
import dev.trifocal.train.Adam;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.ExponentialMovingAverage;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.SoftmaxCrossEntropy;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten steps of every optimizer with every loss, and five with dropout, match PyTorch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OptimizerContract {
  /** The seed of the golden dropout masks. */
  static final long SEED = -987654321987L;

  private final GoldenValues trajectories = GoldenValues.load("optimizers");
  private final GoldenValues dropout = GoldenValues.load("dropout");

  @RegisterExtension
  final ConformanceReport report =
      new ConformanceReport(ContractTopic.OPTIMIZERS, () -> backend().name());

  /** The backend under test. */
  protected abstract Backend backend();

  @TestFactory
  Stream<DynamicTest> losses_and_weights_follow_PyTorch_for_ten_steps() {
    return Trajectory.all().stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> follows(one)));
  }

  @Test
  void a_net_with_dropout_follows_PyTorch_with_the_same_masks() {
    TrainingPlan plan =
        TrainingPlan.of(new SoftmaxCrossEntropy(), Trajectory.optimizers().get("sgd_momentum"));
    follow(dropout, "", Trajectory.dropoutNet(), plan, "ids", 5, "dropout");
  }

  /** As in {@code torch.optim.swa_utils}: the first step is copied, later steps are averaged in. */
  @Test
  void weights_are_averaged_within_the_step_and_a_resume_goes_on_with_the_average() {
    double decay = 0.7;
    for (Optimizer optimizer : List.of(Sgd.of(0.05), Adam.of(0.02))) {
      TrainingPlan plan = TrainingPlan.of(new SoftmaxCrossEntropy(), optimizer).ema(decay);
      Checkpoint now = Checkpoint.start(PracticeNetworks.net(), SEED);
      Map<String, Tensor> expected = Map.of();
      for (int step = 1; step <= 4; step++) {
        try (TrainingSession session = backend().train(plan, now, RunOptions.DEFAULT)) {
          PracticeNetworks.steps(session, step, step);
          now = session.snapshot();
        }
        expected = averaged(expected, now, step == 1 ? 0 : decay);
        Map<String, Tensor> averages = now.slots().get(ExponentialMovingAverage.SLOT).tensors();
        assertThat(averages.keySet()).isEqualTo(expected.keySet());
        for (String name : expected.keySet()) {
          report.add(
              "ema",
              "averages",
              MaxDeviation.require(
                  name + " after step " + step,
                  averages.get(name),
                  expected.get(name),
                  MaxDeviation.FORWARD));
        }
      }
      assertThat(now.averaged().weights()).isNotEqualTo(now.weights());
    }
  }

  private static Map<String, Tensor> averaged(
      Map<String, Tensor> before, Checkpoint now, double decay) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    now.graph()
        .trainableShapes()
        .forEach(
            (name, shape) -> {
              float[] live = now.weights().tensor(name).toFloats();
              float[] old = decay == 0 ? live : before.get(name).toFloats();
              float[] mean = new float[live.length];
              for (int i = 0; i < mean.length; i++) {
                mean[i] = (float) (decay * old[i] + (1 - decay) * live[i]);
              }
              result.put(name, Tensor.of(shape, mean));
            });
    return result;
  }

  private void follows(Trajectory one) {
    follow(
        trajectories,
        one.name() + "/",
        Trajectory.net(),
        TrainingPlan.of(one.loss(), one.optimizer()),
        one.labels(),
        Trajectory.STEPS,
        one.optimizerName());
  }

  private void follow(
      GoldenValues golden,
      String prefix,
      Graph net,
      TrainingPlan plan,
      String labels,
      int steps,
      String subject) {
    Checkpoint start = Checkpoint.start(net, new Weights(golden.below("start/")), SEED);
    Tensor losses = golden.tensor(prefix + "loss");
    double rate = plan.optimizer().learningRate();
    try (TrainingSession session = backend().train(plan, start, RunOptions.DEFAULT)) {
      for (int step = 1; step <= steps; step++) {
        String batch = "batch" + (step - 1) % Trajectory.BATCHES + "/";
        Map<String, Tensor> inputs = Map.of(Graph.INPUT, golden.tensor(batch + "input"));
        Map<String, Tensor> wanted = Map.of(Graph.OUTPUT, golden.tensor(batch + labels));
        double loss = session.step(inputs, wanted, rate).loss();
        String what = "loss of step " + step;
        double expected = losses.floats().get(step - 1);
        report.add(
            subject, "loss", MaxDeviation.require(what, loss, expected, MaxDeviation.TRAJECTORY));
        weights(golden.below(prefix + "step" + step + "/"), step, session, subject);
      }
    }
  }

  private void weights(
      Map<String, Tensor> expected, int step, TrainingSession session, String subject) {
    if (expected.isEmpty()) {
      return;
    }
    Weights actual = session.snapshot().weights();
    expected.forEach(
        (name, tensor) ->
            report.add(
                subject,
                "weights",
                MaxDeviation.require(
                    name + " after step " + step,
                    actual.tensor(name),
                    tensor,
                    MaxDeviation.TRAJECTORY)));
  }
}
