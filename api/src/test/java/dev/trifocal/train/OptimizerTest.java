package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.trifocal.error.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three steps from 0.5 with gradients 0.1, -0.3, 0.2; values of torch.optim 1.13 in float64. NAdam
 * with {@code foreach=True}: the other path of that version counts a decay twice, which 2.0 mended.
 */
class OptimizerTest {
  static Stream<Arguments> trajectories() {
    return Stream.of(
        arguments(Sgd.of(.1), 0.49, 0.52, 0.5),
        arguments(Sgd.of(.1).weightDecay(.01), 0.4895, 0.5190105, 0.4984914895),
        arguments(Sgd.of(.1).momentum(.9).weightDecay(.01), 0.4895, 0.5095605, 0.5071053895),
        arguments(Sgd.of(.1).momentum(.9).nesterov(), 0.481, 0.5299, 0.50891),
        arguments(
            Adam.of(.1).weightDecay(.01),
            0.40000000952380865,
            0.44774451126508974,
            0.4438007793088852),
        arguments(AdamW.of(.1), 0.399500009999999, 0.44851949111006545, 0.4461922022648245),
        arguments(
            NAdam.of(.1).weightDecay(.01),
            0.3943548322259057,
            0.4907403818803243,
            0.43298929574562883),
        arguments(
            NAdam.of(.1).momentumDecay(1),
            0.3937212302969999,
            0.4883710145991181,
            0.4360456970135353),
        arguments(
            RmsProp.of(.1).weightDecay(.01),
            -0.4999990476199543,
            0.44603957969113983,
            -0.09144772933621981),
        arguments(
            RmsProp.of(.1).alpha(.9).momentum(.9),
            0.18377233398313042,
            0.20067874884268425,
            0.03987256879548204),
        arguments(
            Adagrad.of(.1).weightDecay(.01),
            0.40000000009523806,
            0.49424601112703664,
            0.439598071549489));
  }

  @ParameterizedTest
  @MethodSource("trajectories")
  void three_steps_are_those_of_pytorch(
      Optimizer optimizer, double first, double second, double third) {
    double[] expected = {first, second, third};
    double[] gradients = {0.1, -0.3, 0.2};
    Map<String, Double> slots = new HashMap<>();
    optimizer.slots().forEach(slot -> slots.put(slot, 0.0));
    double weight = 0.5;
    for (int i = 0; i < 3; i++) {
      Map<String, Double> scalars = optimizer.scalars(i + 1, optimizer.learningRate());
      Optimizer.Update<Double> update =
          optimizer.update(Plain.MATH, weight, gradients[i], slots, scalars);
      weight = update.weight();
      slots.putAll(update.slots());
      assertThat(weight).isCloseTo(expected[i], within(1e-14));
      assertThat(scalars).containsOnlyKeys(optimizer.scalars());
      assertThat(slots).containsOnlyKeys(optimizer.slots());
    }
  }

  @Test
  void the_rate_of_the_step_is_the_scheduled_one() {
    Optimizer optimizer = Sgd.of(5);
    double weight =
        optimizer.update(Plain.MATH, 1.0, 1.0, Map.of(), optimizer.scalars(1, 0.25)).weight();
    assertThat(weight).isEqualTo(0.75);
  }

  @Test
  void nadam_stays_finite_after_a_million_steps() {
    assertThat(NAdam.of(.1).scalars(1_000_000, .1).values()).allMatch(Double::isFinite);
  }

  @Test
  void settings_out_of_range_are_refused() {
    List<Runnable> bad =
        List.of(
            () -> Sgd.of(-1),
            () -> Sgd.of(Double.NaN),
            () -> Sgd.of(Double.POSITIVE_INFINITY),
            () -> Sgd.of(1).momentum(1),
            () -> Sgd.of(1).weightDecay(-1),
            () -> Adam.of(1).betas(1, 0.9),
            () -> AdamW.of(1).betas(0.9, -0.1),
            () -> NAdam.of(1).betas(0.9, Double.NaN),
            () -> RmsProp.of(1).alpha(1.5));
    assertThat(bad)
        .allSatisfy(
            make -> assertThatThrownBy(make::run).isInstanceOf(ConfigurationException.class));
    assertThatThrownBy(() -> Sgd.of(-1))
        .hasMessage("sgd: the learning rate must be 0 or more, but is -1.0");
  }
}
