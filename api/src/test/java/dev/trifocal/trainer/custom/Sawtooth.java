package dev.trifocal.trainer.custom;

import dev.trifocal.train.Schedule;

/** Another schedule, over and over again. */
public record Sawtooth(long period, Schedule tooth) implements Schedule {
  public Sawtooth {
    if (period < 1) {
      throw new IllegalArgumentException("period " + period);
    }
  }

  @Override
  public double factor(long step, long total) {
    return tooth.factor(step % period, period);
  }
}
