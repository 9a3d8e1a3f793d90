package dev.trifocal.config;

import dev.trifocal.train.Schedule;
import java.util.OptionalDouble;

/**
 * Settings of the learning rate schedule.
 *
 * @param warmUp steps over which the rate rises to its full value, 0 or more
 * @param gamma decay factor of step, exponential and plateau, in (0, 1]; empty for the schedule's
 *     default
 * @param stepSize epochs between two reductions by step, positive
 * @param plateau settings of plateau
 */
public record ScheduleSettings(
    ScheduleKind kind, int warmUp, OptionalDouble gamma, int stepSize, PlateauSettings plateau) {
  private static final double TENTH = 0.1;

  /** Returns the factor by which plateau multiplies the rate. */
  public double plateauFactor() {
    return gamma.orElse(TENTH);
  }

  /**
   * Creates the schedule.
   *
   * @param stepsPerEpoch steps in one epoch; step and exponential change the rate between epochs
   */
  public Schedule schedule(int stepsPerEpoch) {
    Schedule after = kind.schedule(this, stepsPerEpoch);
    return warmUp == 0 ? after : new Schedule.WarmUp(warmUp, after);
  }
}
