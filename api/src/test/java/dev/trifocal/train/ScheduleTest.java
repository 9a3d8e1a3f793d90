package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void one_cycle_is_that_of_pytorch() {
    assertFactors(
        new Schedule.OneCycle(.3),
        10,
        0.040000000000000036,
        0.52,
        1.0,
        0.9504846320134737,
        0.8117456539497631,
        0.6112620219362893,
        0.38874197806371075,
        0.18825834605023697,
        0.049519367986526286,
        4e-06);
  }

  @Test
  void one_cycle_whose_peak_lies_between_steps_is_that_of_pytorch() {
    assertFactors(
        new Schedule.OneCycle(.3),
        11,
        0.040000000000000036,
        0.4223411137347358,
        0.9602614247226174,
        0.9797465678213015,
        0.8844757247686303,
        0.7260870492975283,
        0.5305827080875998,
        0.3300580289872949,
        0.15743251279950787,
        0.041045543206290856,
        4e-06);
    assertFactors(
        new Schedule.OneCycle(.3),
        4,
        0.040000000000000036,
        0.811745653949763,
        0.28306099820869923,
        4e-06);
  }

  @Test
  void one_cycle_has_a_factor_however_short_the_training() {
    for (int total = 1; total <= 20; total++) {
      for (int step = 0; step <= total; step++) {
        assertThat(new Schedule.OneCycle(.5).factor(step, total)).isBetween(4e-6, 1.0);
      }
    }
  }

  @Test
  void constant_is_one() {
    assertFactors(new Schedule.Constant(), 2, 1, 1);
  }

  @Test
  void step_falls_in_stairs() {
    assertFactors(new Schedule.Step(2, .1), 5, 1, 1, .1, .1, .01);
  }

  @Test
  void exponential_falls_each_step() {
    assertFactors(new Schedule.Exponential(.5), 4, 1, .5, .25, .125);
  }

  @Test
  void cosine_falls_from_one_to_zero() {
    assertFactors(new Schedule.Cosine(), 4, 1, (1 + Math.sqrt(.5)) / 2, .5, .1464466094067262, 0);
    assertThat(new Schedule.Cosine().factor(9, 4)).isCloseTo(0, within(1e-15));
  }

  @Test
  void warm_up_rises_to_one_and_hands_over() {
    Schedule schedule = new Schedule.WarmUp(4, new Schedule.Cosine());
    assertFactors(schedule, 8, .25, .5, .75, 1, 1, (1 + Math.sqrt(.5)) / 2, .5);
  }

  @Test
  void settings_out_of_range_are_refused() {
    List<Runnable> bad =
        List.of(
            () -> new Schedule.Step(0, .1),
            () -> new Schedule.Step(1, 0),
            () -> new Schedule.Exponential(-1),
            () -> new Schedule.WarmUp(0, new Schedule.Constant()),
            () -> new Schedule.OneCycle(0),
            () -> new Schedule.OneCycle(1));
    assertThat(bad)
        .allSatisfy(
            make -> assertThatThrownBy(make::run).isInstanceOf(ConfigurationException.class));
  }

  private static void assertFactors(Schedule schedule, int total, double... expected) {
    for (int step = 0; step < expected.length; step++) {
      assertThat(schedule.factor(step, total))
          .as("step %d", step)
          .isCloseTo(expected[step], within(1e-12));
    }
  }
}
