package dev.trifocal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trifocal.error.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Schedule ONE_CYCLE = new Schedule.OneCycle(0.3);

  @Test
  void constant_is_always_one() {
    assertFactors(new Schedule.Constant(), 10, Map.of(0, 1.0, 5, 1.0, 9, 1.0, 50, 1.0));
  }

  @Test
  void step_falls_at_every_so_many_steps() {
    assertFactors(
        new Schedule.Step(3, 0.1), 10, Map.of(0, 1.0, 2, 1.0, 3, 0.1, 5, 0.1, 6, 0.01, 9, 0.001));
  }

  @Test
  void exponential_falls_at_every_step() {
    assertFactors(new Schedule.Exponential(0.5), 10, Map.of(0, 1.0, 1, 0.5, 4, 0.0625));
  }

  @Test
  void cosine_falls_from_one_to_zero_and_stays_there() {
    assertFactors(
        new Schedule.Cosine(),
        8,
        Map.of(0, 1.0, 2, (2 + Math.sqrt(2)) / 4, 4, 0.5, 6, (2 - Math.sqrt(2)) / 4, 8, 0.0));
    assertThat(new Schedule.Cosine().factor(11, 8)).isZero();
  }

  @Test
  void warm_up_rises_along_a_line_and_reaches_one_before_the_next_schedule_begins() {
    assertFactors(
        new Schedule.WarmUp(4, new Schedule.Constant()),
        10,
        Map.of(0, 0.25, 1, 0.5, 2, 0.75, 3, 1.0, 4, 1.0, 9, 1.0));
  }

  @Test
  void what_follows_a_warm_up_counts_the_steps_that_are_left() {
    assertFactors(
        new Schedule.WarmUp(4, new Schedule.Cosine()), 12, Map.of(3, 1.0, 4, 1.0, 8, 0.5, 12, 0.0));
    assertFactors(
        new Schedule.WarmUp(2, new Schedule.Step(3, 0.5)), 12, Map.of(4, 1.0, 5, 0.5, 8, 0.25));
  }

  @Test
  void a_warm_up_as_long_as_the_training_is_no_division_by_zero() {
    assertFactors(
        new Schedule.WarmUp(4, new Schedule.Cosine()), 4, Map.of(0, 0.25, 3, 1.0, 4, 1.0, 5, 0.0));
  }

  /**
   * Made with PyTorch 1.13, {@code o} being an SGD with lr=1:
   *
   * <pre>
   * s = torch.optim.lr_scheduler.OneCycleLR(o, 1., total_steps=10)
   * for _ in range(9): print(o.param_groups[0]['lr']); o.step(); s.step()
   * </pre>
   */
  @Test
  void one_cycle_follows_pytorch_over_ten_steps() {
    double[] expected = {
      0.040000000000000036,
      0.52,
      1.0,
      0.9504846320134737,
      0.8117456539497631,
      0.6112620219362893,
      0.38874197806371075,
      0.18825834605023697,
      0.049519367986526286,
      4e-06
    };
    for (int step = 0; step < expected.length; step++) {
      assertThat(ONE_CYCLE.factor(step, 10)).isCloseTo(expected[step], within(1e-14));
    }
  }

  /** As above, with total_steps=100. */
  @Test
  void one_cycle_follows_pytorch_over_a_hundred_steps() {
    assertFactors(
        ONE_CYCLE,
        100,
        Map.of(
            0, 0.040000000000000036,
            1, 0.042813780565907456,
            15, 0.5459866761210004,
            28, 0.9971862194340926,
            29, 1.0,
            30, 0.9994965352845243,
            50, 0.793893450575732,
            98, 0.0005074647154757879,
            99, 4e-06));
  }

  @Test
  void one_cycle_stays_at_its_end() {
    assertFactors(ONE_CYCLE, 10, Map.of(10, 4e-6, 1000, 4e-6));
  }

  /** PyTorch's formula with its own names, for trainings that have room for a cycle. */
  @Test
  void one_cycle_has_room_from_two_rising_and_two_falling_steps_on() {
    for (double rise : new double[] {0.1, 0.3, 0.5, 0.9}) {
      for (int total = 1; total <= 50; total++) {
        boolean room = rise * total >= 2 && total - rise * total >= 2;
        Schedule.OneCycle schedule = new Schedule.OneCycle(rise);
        assertThat(schedule.fits(total)).isEqualTo(room);
        for (int step = 0; step < total; step++) {
          double expected = room ? oneCycleLr(step, total, rise) : 1;
          assertThat(schedule.factor(step, total))
              .as("factor of step %d of %d with rise %s", step, total, rise)
              .isCloseTo(expected, within(1e-14));
        }
      }
    }
  }

  private static double oneCycleLr(int step, int total, double pctStart) {
    double stepSizeUp = pctStart * total - 1;
    double stepSizeDown = total - stepSizeUp - 1;
    double max = 1;
    double initial = max / 25;
    double min = initial / 1e4;
    return step <= stepSizeUp
        ? max + (initial - max) / 2 * (1 + Math.cos(Math.PI * step / stepSizeUp))
        : min + (max - min) / 2 * (1 + Math.cos(Math.PI * (step - stepSizeUp) / stepSizeDown));
  }

  @Test
  void every_schedule_teaches_however_few_the_steps_are() {
    List<Schedule> schedules =
        List.of(
            new Schedule.Constant(),
            new Schedule.Cosine(),
            ONE_CYCLE,
            new Schedule.OneCycle(0.05),
            new Schedule.OneCycle(0.95),
            new Schedule.WarmUp(1, new Schedule.Cosine()),
            new Schedule.WarmUp(5, ONE_CYCLE),
            new Schedule.WarmUp(500, ONE_CYCLE));
    for (Schedule schedule : schedules) {
      for (int total = 1; total <= 50; total++) {
        int steps = total;
        double[] factors =
            IntStream.range(0, total).mapToDouble(step -> schedule.factor(step, steps)).toArray();
        assertThat(DoubleStream.of(factors).allMatch(f -> f > 0 && f <= 1))
            .as("factors of %s over %d", schedule, total)
            .isTrue();
        assertThat(DoubleStream.of(factors).max().orElseThrow())
            .as("highest rate of %s over %d", schedule, total)
            .isGreaterThan(0.9);
        assertThat(DoubleStream.of(factors).average().orElseThrow())
            .as("mean rate of %s over %d", schedule, total)
            .isGreaterThan(0.4);
      }
    }
  }

  @Test
  void a_warm_up_longer_than_the_training_reaches_one_at_its_last_step() {
    assertFactors(
        new Schedule.WarmUp(500, new Schedule.Constant()), 4, Map.of(0, 0.25, 1, 0.5, 3, 1.0));
    assertFactors(new Schedule.WarmUp(500, new Schedule.Constant()), 1, Map.of(0, 1.0));
  }

  @Test
  void settings_that_make_no_sense_are_told() {
    Schedule constant = new Schedule.Constant();
    refuses(() -> new Schedule.Step(0, 0.1), "step schedule: every must be positive, but is 0.0");
    refuses(() -> new Schedule.Step(1, 0), "step schedule: gamma must be positive, but is 0.0");
    refuses(
        () -> new Schedule.Exponential(Double.NaN),
        "exponential schedule: gamma must be positive, but is NaN");
    refuses(
        () -> new Schedule.Exponential(Double.POSITIVE_INFINITY),
        "exponential schedule: gamma must be positive, but is Infinity");
    refuses(
        () -> new Schedule.WarmUp(-1, constant), "warm-up: steps must be positive, but is -1.0");
    refuses(
        () -> new Schedule.OneCycle(1), "one-cycle: rise must be above 0 and below 1, but is 1.0");
    refuses(
        () -> new Schedule.OneCycle(0), "one-cycle: rise must be above 0 and below 1, but is 0.0");
  }

  private static void assertFactors(Schedule schedule, int total, Map<Integer, Double> expected) {
    expected.forEach(
        (step, factor) ->
            assertThat(schedule.factor(step, total))
                .as("factor at step %d", step)
                .isCloseTo(factor, within(1e-14)));
  }

  private static void refuses(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(ConfigurationException.class).hasMessage(message);
  }
}
