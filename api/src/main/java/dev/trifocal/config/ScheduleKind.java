package dev.trifocal.config;

import dev.trifocal.train.Schedule;

/** The learning rate schedules that can be selected in configuration. */
public enum ScheduleKind {
  CONSTANT {
    @Override
    Schedule schedule(ScheduleSettings settings, int stepsPerEpoch) {
      return new Schedule.Constant();
    }
  },
  COSINE {
    @Override
    Schedule schedule(ScheduleSettings settings, int stepsPerEpoch) {
      return new Schedule.Cosine();
    }
  },
  ONE_CYCLE {
    @Override
    Schedule schedule(ScheduleSettings settings, int stepsPerEpoch) {
      return new Schedule.OneCycle(RISE);
    }
  },
  STEP {
    @Override
    Schedule schedule(ScheduleSettings settings, int stepsPerEpoch) {
      long every = Math.multiplyExact((long) settings.stepSize(), stepsPerEpoch);
      return new Schedule.Step(every, settings.gamma().orElse(0.1));
    }
  },
  /** Constant until a callback lowers the rate. */
  PLATEAU {
    @Override
    Schedule schedule(ScheduleSettings settings, int stepsPerEpoch) {
      return new Schedule.Constant();
    }
  },
  EXPONENTIAL {
    @Override
    Schedule schedule(ScheduleSettings settings, int stepsPerEpoch) {
      return new Schedule.Step(stepsPerEpoch, settings.gamma().orElse(0.9));
    }
  };

  /**
   * The fraction of the cycle spent increasing the rate; the default of PyTorch's {@code
   * OneCycleLR}.
   */
  private static final double RISE = 0.3;

  abstract Schedule schedule(ScheduleSettings settings, int stepsPerEpoch);
}
