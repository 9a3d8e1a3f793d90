package dev.trifocal.config;

import dev.trifocal.train.Schedule;
import java.util.OptionalDouble;

/**
 * How the learning rate changes.
 *
 * @param warmUp steps during which the rate rises, 0 or more
 * @param gamma in (0, 1], for step and exponential; empty for the default of the kind
 * @param stepSize epochs between two changes of the schedule step, positive
 */
public record ScheduleSettings(ScheduleKind kind, int warmUp, OptionalDouble gamma, int stepSize) {

  /**
   * @param stepsPerEpoch the kinds step and exponential change between epochs
   */
  public Schedule schedule(int stepsPerEpoch) {
    Schedule after = kind.schedule(this, stepsPerEpoch);
    return warmUp == 0 ? after : new Schedule.WarmUp(warmUp, after);
  }
}
