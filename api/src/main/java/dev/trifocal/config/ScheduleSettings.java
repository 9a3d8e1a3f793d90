package dev.trifocal.config;

import dev.trifocal.train.Schedule;
import java.util.OptionalDouble;

/**
 * How the learning rate changes.
 *
 * @param warmUp steps during which the rate rises, 0 or more
 * @param gamma in (0, 1], for step, exponential and plateau; empty for the default of the kind
 * @param stepSize epochs between two changes of the schedule step, positive
 * @param plateau for the schedule plateau
 */
public record ScheduleSettings(
    ScheduleKind kind, int warmUp, OptionalDouble gamma, int stepSize, PlateauSettings plateau) {
  private static final double TENTH = 0.1;

  /** What the schedule plateau multiplies the rate by. */
  public double plateauFactor() {
    return gamma.orElse(TENTH);
  }

  /**
   * @param stepsPerEpoch the kinds step and exponential change between epochs
   */
  public Schedule schedule(int stepsPerEpoch) {
    Schedule after = kind.schedule(this, stepsPerEpoch);
    return warmUp == 0 ? after : new Schedule.WarmUp(warmUp, after);
  }
}
