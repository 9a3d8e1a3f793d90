package dev.trifocal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.testkit.reference.FiniteDifferences;
import dev.trifocal.testkit.reference.ForwardResult;
import dev.trifocal.testkit.reference.Reference;
import dev.trifocal.testkit.reference.ReferenceArray;
import dev.trifocal.testkit.reference.TrainingStep;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference, which judges the engines, is judged by PyTorch. */
class ReferenceTest {
  /** Golden values are rounded to single precision, and nothing else stands between. */
  private static final double ROUNDING = 2e-7;

  private static final double DIFFERENCE = 1e-5;
  private static final TrainingStep STEP = new TrainingStep(LayerContract.SEED, 1);
  private static final GoldenValues GOLDEN = GoldenValues.load("layers");
  private static final GoldenValues LOSSES = GoldenValues.load("losses");

  static List<LayerCase> cases() {
    return LayerCases.all();
  }

  /** A weight takes a forward pass per element, and large ones show nothing else. */
  static List<LayerCase> smallCases() {
    return cases().stream()
        .filter(
            one ->
                one.graph().weightShapes().values().stream()
                    .allMatch(shape -> shape.elements() < 1000))
        .toList();
  }

  static List<LossCase> losses() {
    return LossCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputs_and_statistics_are_PyTorchs(LayerCase one) {
    Reference reference = reference(one);
    Map<String, ReferenceArray> inputs = inputs(one);
    Map<String, ReferenceArray> outputs = reference.run(inputs);
    one.outputs(GOLDEN).forEach((name, expected) -> require(name, outputs.get(name), expected));
    ForwardResult trained = reference.train(inputs, STEP);
    one.trainedOutputs(GOLDEN)
        .forEach((name, expected) -> require(name, trained.outputs().get(name), expected));
    Map<String, ReferenceArray> after = new HashMap<>(reference.weights());
    after.putAll(trained.statistics());
    GOLDEN
        .below(one.name() + "/after/")
        .forEach((name, expected) -> require(name, after.get(name), expected));
  }

  @ParameterizedTest
  @MethodSource("smallCases")
  void finite_differences_are_PyTorchs_gradients(LayerCase one) {
    TrainingPlan plan = one.plan(GOLDEN);
    Reference reference = reference(one);
    Map<String, ReferenceArray> inputs = inputs(one);
    Map<String, Tensor> labels = one.targets(GOLDEN);
    double loss = reference.loss(plan, inputs, labels, STEP);
    MaxDeviation.require("loss", loss, GOLDEN.number(one.name() + "/loss"), ROUNDING);
    FiniteDifferences differences = new FiniteDifferences(reference, plan, inputs, labels, STEP);
    GOLDEN
        .below(one.name() + "/gradient/")
        .forEach((name, expected) -> gradient(name, differences.gradient(name), expected));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void losses_are_PyTorchs(LossCase one) {
    Tensor logits = LOSSES.tensor(one.name() + "/logits");
    Graph nothing = Graph.build("logits", logits.shape().sample(), x -> x);
    double loss =
        Reference.of(nothing, Weights.NONE)
            .loss(
                TrainingPlan.of(one.loss(), Trajectory.optimizers().get("sgd")),
                Map.of(Graph.INPUT, ReferenceArray.of(logits)),
                Map.of(Graph.OUTPUT, LOSSES.tensor(one.name() + "/labels")),
                new TrainingStep(1, 1));
    MaxDeviation.require("loss", loss, LOSSES.number(one.name() + "/loss"), ROUNDING);
  }

  private static Reference reference(LayerCase one) {
    return Reference.of(one.graph(), new Weights(GOLDEN.below(one.name() + "/weight/")));
  }

  private static Map<String, ReferenceArray> inputs(LayerCase one) {
    return Reference.arrays(GOLDEN.below(one.name() + "/input/"));
  }

  private static void require(String what, ReferenceArray actual, Tensor expected) {
    MaxDeviation.require(what, actual.toTensor(), expected, ROUNDING);
  }

  /** Elements at a kink have no difference, and ties are kinks; but not all may be. */
  private static void gradient(String what, ReferenceArray actual, Tensor expected) {
    float[] wanted = expected.toFloats();
    float[] values = actual.toTensor().toFloats();
    int kinks = 0;
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        values[i] = wanted[i];
        kinks++;
      }
    }
    assertThat(kinks).as("kinks of " + what).isLessThan(values.length);
    MaxDeviation.require(what, Tensor.of(actual.shape(), values), expected, DIFFERENCE);
  }
}
