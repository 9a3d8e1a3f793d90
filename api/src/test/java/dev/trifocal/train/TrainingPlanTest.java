package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {
  private static final TrainingPlan PLAN =
      TrainingPlan.of(new MeanSquaredError(), Sgd.of(0.1).weightDecay(0));
  private static final List<ParameterGroup> NESTED =
      List.of(
          new ParameterGroup("features", 0.1),
          new ParameterGroup("features.1.conv", 0),
          new ParameterGroup("features.1", 0.5));

  @Test
  void decay_of_weights_leaves_out_parameters_of_one_axis() {
    TrainingPlan all = PLAN.optimizer(AdamW.of(0.1).weightDecay(0.5));
    TrainingPlan weights = all.decay(WeightDecayScope.WEIGHTS);
    assertThat(updated(all, "fc.bias", Shape.of(4), 0)).isCloseTo(0.95, within(1e-15));
    assertThat(updated(weights, "fc.bias", Shape.of(4), 0)).isEqualTo(1);
    assertThat(updated(weights, "fc.weight", Shape.of(4, 3), 0)).isCloseTo(0.95, within(1e-15));
  }

  @Test
  void the_group_with_the_longest_path_at_or_above_a_parameter_sets_its_rate() {
    assertThat(step("features.0.conv.weight")).isCloseTo(0.01, within(1e-15));
    assertThat(step("features.1.norm.weight")).isCloseTo(0.05, within(1e-15));
    assertThat(step("features.1.conv.weight")).isZero();
    assertThat(step("features.10.conv.weight")).isCloseTo(0.01, within(1e-15));
    assertThat(step("features2.weight")).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void decoupled_decay_follows_the_rate_of_the_group() {
    TrainingPlan plan = PLAN.optimizer(AdamW.of(0.1).weightDecay(0.5)).rates(NESTED);
    assertThat(updated(plan, "features.0.weight", Shape.of(4), 0)).isCloseTo(0.995, within(1e-15));
    assertThat(updated(plan, "features.1.conv.weight", Shape.of(4), 0)).isEqualTo(1);
  }

  @Test
  void every_name_of_a_scalar_has_a_value_and_one_rate_needs_no_more_than_the_optimizer() {
    TrainingPlan grouped = PLAN.optimizer(NAdam.of(0.1)).rates(NESTED);
    assertThat(grouped.scalars(3, 0.1).keySet())
        .containsExactlyInAnyOrderElementsOf(grouped.scalars());
    assertThat(PLAN.scalars()).isEqualTo(PLAN.optimizer().scalars());
    assertThat(PLAN.scalars(3, 0.1)).isEqualTo(PLAN.optimizer().scalars(3, 0.1));
  }

  @Test
  void a_later_phase_counts_its_own_steps() {
    TrainingPlan plan = PLAN.optimizer(Adam.of(0.1)).schedule(new Schedule.Cosine());
    TrainingPlan later = plan.start(1000);
    assertThat(later.scalars(1001, 0.1)).isEqualTo(plan.scalars(1, 0.1));
    assertThat(later.learningRate(1000, 1400)).isEqualTo(0.1);
    assertThat(later.learningRate(1200, 1400)).isCloseTo(0.05, within(1e-15));
    assertThatThrownBy(() -> later.scalars(1000, 0.1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the plan starts after step 1000 and cannot take step 1000");
  }

  @Test
  void groups_that_make_no_sense_are_refused() {
    refused(
        () -> new ParameterGroup("", 1),
        "a rate group needs the path of a node or block; to change all rates, set the learning"
            + " rate");
    refused(
        () -> new ParameterGroup("fc", -1),
        "rate group fc: the factor must be 0 or more, but is -1.0");
    refused(
        () -> PLAN.rates(List.of(new ParameterGroup("fc", 1), new ParameterGroup("fc", 2))),
        "two rate groups have the path fc");
    refused(() -> PLAN.start(-1), "a plan's start must be 0 or more, but is -1");
  }

  @Test
  void a_group_that_the_graph_does_not_have_is_named() {
    Graph graph =
        Graph.build("net", Shape.of(3), x -> x.block("block", v -> v.then("fc", Layer.dense(2))));
    for (String path : List.of("block", "block.fc")) {
      TrainingPlan plan = PLAN.rates(List.of(new ParameterGroup(path, 1)));
      assertThat(plan.requireParts(graph)).isSameAs(plan);
    }
    refused(
        () ->
            PLAN.rates(
                    List.of(
                        new ParameterGroup("bloc", 1), new ParameterGroup("block.fc.weight", 1)))
                .requireParts(graph),
        "net: has no trainable part bloc, block.fc.weight for a rate group");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
  }

  /** By how much a gradient of 1 moves a parameter at a rate of 0.1. */
  private static double step(String parameter) {
    return 1 - updated(PLAN.rates(NESTED), parameter, Shape.of(4), 1);
  }

  private static double updated(TrainingPlan plan, String parameter, Shape shape, double gradient) {
    Map<String, Double> slots =
        plan.optimizer().slots().stream().collect(Collectors.toMap(slot -> slot, slot -> 0.0));
    return plan.update(
            new DoubleArithmetic(), parameter, shape, 1.0, gradient, slots, plan.scalars(1, 0.1))
        .weight();
  }
}
