package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.reference.Reference;
import dev.trifocal.testkit.reference.TrainingStep;
import dev.trifocal.train.Adagrad;
import dev.trifocal.train.Adam;
import dev.trifocal.train.AdamW;
import dev.trifocal.train.Clipping;
import dev.trifocal.train.DropoutMask;
import dev.trifocal.train.NAdam;
import dev.trifocal.train.RmsProp;
import dev.trifocal.train.Sgd;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds trajectories and losses, described in Java, and their golden values to one another. */
class TrajectoryTest {
  private static final Set<Class<?>> OPTIMIZERS =
      Set.of(Sgd.class, Adam.class, AdamW.class, NAdam.class, RmsProp.class, Adagrad.class);
  private static final GoldenValues GOLDEN = GoldenValues.load("optimizers");
  private static final GoldenValues LOSSES = GoldenValues.load("losses");

  static List<LossCase> losses() {
    return LossCase.all();
  }

  @Test
  void java_and_python_have_the_same_trajectories() {
    Set<String> expected = new TreeSet<>();
    for (Trajectory one : Trajectory.all()) {
      expected.add(one.name() + "/loss");
      for (int step : new int[] {1, 2, 5, 10}) {
        Trajectory.net()
            .weightShapes()
            .keySet()
            .forEach(name -> expected.add("%s/step%d/%s".formatted(one.name(), step, name)));
      }
    }
    Set<String> actual = new TreeSet<>(GOLDEN.values().tensors().keySet());
    actual.removeIf(key -> key.startsWith("batch") || key.startsWith("start/"));
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void golden_weights_fit_the_nets() {
    assertThat(shapes(GOLDEN.below("start/"))).isEqualTo(Trajectory.net().weightShapes());
    assertThat(shapes(GOLDEN.below("adam/ids/step10/"))).isEqualTo(Trajectory.net().weightShapes());
    assertThat(shapes(GoldenValues.load("dropout").below("step5/")))
        .isEqualTo(Trajectory.dropoutNet().weightShapes());
  }

  @Test
  void every_optimizer_has_a_case() {
    Set<Class<?>> covered = new HashSet<>();
    Trajectory.all().forEach(one -> covered.add(one.optimizer().getClass()));
    assertThat(covered).containsAll(OPTIMIZERS);
  }

  @Test
  void java_and_python_have_the_same_plans() {
    Set<String> expected = new TreeSet<>();
    PlanCase.all().forEach(one -> expected.add(one.name()));
    assertThat(trajectories(GoldenValues.load("plans"))).isEqualTo(expected);
    assertThat(trajectories(GoldenValues.load("picture")))
        .isEqualTo(PlanCase.optimizers().keySet());
    assertThat(shapes(GoldenValues.load("plans").below("start/")))
        .containsAllEntriesOf(PlanCase.net().weightShapes());
    Set<Class<?>> covered = new HashSet<>();
    PlanCase.all().forEach(one -> covered.add(one.plan().optimizer().getClass()));
    PlanCase.all().forEach(one -> covered.add(one.plan().clipping().getClass()));
    assertThat(covered).containsAll(OPTIMIZERS);
    assertThat(covered).contains(Clipping.class.getPermittedSubclasses());
  }

  @Test
  void java_and_python_have_the_same_optimizers_with_rate_groups() {
    Set<String> expected = new TreeSet<>();
    PlanCase.optimizers().keySet().forEach(name -> expected.add(name + "/groups"));
    PlanCase.optimizers().keySet().forEach(name -> expected.add(name + "/phase"));
    assertThat(trajectories(GoldenValues.load("rates"))).isEqualTo(expected);
  }

  @Test
  void java_and_python_have_the_same_curves() {
    GoldenValues curves = GoldenValues.load("curves");
    assertThat(trajectories(curves))
        .containsExactlyInAnyOrderElementsOf(
            LossCurve.all().stream().map(LossCurve::name).toList());
    for (LossCurve one : LossCurve.all()) {
      assertThat(curves.tensor(one.name() + "/loss").shape()).isEqualTo(Shape.of(LossCurve.STEPS));
      assertThat(one.start(curves).weights().tensors()).hasSameSizeAs(one.net().weightShapes());
    }
  }

  @Test
  void the_scripts_dropout_masks_are_the_ones_that_the_api_makes() {
    GoldenValues golden = GoldenValues.load("dropout");
    long seed = OptimizerContract.SEED;
    assertThat(golden.tensor("mask/drop"))
        .isEqualTo(DropoutMask.of(seed, 3, "drop", 0.3, Shape.of(3, 3, 7, 6)));
    assertThat(golden.tensor("mask/head.drop"))
        .isEqualTo(DropoutMask.of(seed, 3, "head.drop", 0.5, Shape.of(3, 6)));
  }

  @Test
  void java_and_python_have_the_same_losses() {
    assertThat(LOSSES.cases())
        .containsExactlyInAnyOrderElementsOf(losses().stream().map(LossCase::name).toList());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void the_loss_in_double_precision_is_PyTorchs(LossCase one) {
    Tensor logits = LOSSES.tensor(one.name() + "/logits");
    Graph net = Graph.build("logits", logits.shape().sample(), x -> x);
    double loss =
        Reference.of(net, Weights.NONE)
            .loss(
                TrainingPlan.of(one.loss(), Sgd.of(1)),
                Reference.arrays(Map.of(Graph.INPUT, logits)),
                Map.of(Graph.OUTPUT, LOSSES.tensor(one.name() + "/labels")),
                new TrainingStep(1, 1));
    MaxDeviation.require("loss", loss, LOSSES.number(one.name() + "/loss"), 1e-6);
  }

  @Test
  void the_last_batch_is_smaller() {
    Shape first = GOLDEN.tensor("batch0/input").shape();
    Shape last = GOLDEN.tensor("batch2/input").shape();
    assertThat(last.size(0)).isLessThan(first.size(0));
    assertThat(last.sample()).isEqualTo(first.sample());
    assertThat(first.sample()).isEqualTo(Trajectory.net().node(Graph.INPUT).shape());
  }

  /** What the losses are those of. */
  private static Set<String> trajectories(GoldenValues golden) {
    Set<String> result = new TreeSet<>();
    for (String key : golden.values().tensors().keySet()) {
      if (key.endsWith("/loss")) {
        result.add(key.substring(0, key.length() - "/loss".length()));
      }
    }
    return result;
  }

  private static Map<String, Shape> shapes(Map<String, Tensor> tensors) {
    Map<String, Shape> result = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> result.put(name, tensor.shape()));
    return result;
  }
}
