package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;

/**
 * How the learning rate changes: a factor on the optimizer's rate, a pure function of the step, so
 * that it survives a resume. Anyone can write one; one that is saved must be a record whose
 * components are numbers, booleans, text, enums, other schedules, and lists, maps, optionals and
 * records of these.
 */
public interface Schedule {
  /**
   * The factor of one step, finite and 0 or more.
   *
   * @param step steps taken so far; 0 for the first
   * @param total steps that the whole training will take
   */
  double factor(long step, long total);

  /** Always the optimizer's rate. */
  record Constant() implements Schedule {
    @Override
    public double factor(long step, long total) {
      return 1;
    }
  }

  /** {@code gamma^(step / every)}, in whole numbers: {@code StepLR} counted in steps. */
  record Step(long every, double gamma) implements Schedule {
    public Step {
      OptimizerChecks.requirePositive("step schedule: every", every);
      OptimizerChecks.requirePositive("step schedule: gamma", gamma);
    }

    @Override
    public double factor(long step, long total) {
      long times = step / every;
      return Math.pow(gamma, times);
    }
  }

  /** {@code gamma^step}. */
  record Exponential(double gamma) implements Schedule {
    public Exponential {
      OptimizerChecks.requirePositive("exponential schedule: gamma", gamma);
    }

    @Override
    public double factor(long step, long total) {
      return Math.pow(gamma, step);
    }
  }

  /** From 1 to 0 along half a cosine (Loshchilov and Hutter 2017, without restarts). */
  record Cosine() implements Schedule {
    @Override
    public double factor(long step, long total) {
      return (1 + Math.cos(Math.PI * Math.min(step, total) / total)) / 2;
    }
  }

  /** Up along a line to 1 during the first {@code steps}, then {@code after}. */
  record WarmUp(long steps, Schedule after) implements Schedule {
    public WarmUp {
      OptimizerChecks.requirePositive("warm-up: steps", steps);
    }

    @Override
    public double factor(long step, long total) {
      return step < steps
          ? (step + 1.0) / steps
          : after.factor(step - steps, Math.max(1, total - steps));
    }
  }

  /**
   * Smith and Topin 2018 with PyTorch's shape: up from 1/25 to 1 along a cosine during the first
   * {@code rise} of all steps, then down to 1/250,000. The optimizer's rate is the highest.
   */
  record OneCycle(double rise) implements Schedule {
    public OneCycle {
      if (!(rise > 0 && rise < 1)) {
        throw new ConfigurationException(
            "one-cycle: rise must be above 0 and below 1, but is " + rise);
      }
    }

    @Override
    public double factor(long step, long total) {
      double peak = rise * total - 1;
      double end = total - 1;
      if (step <= peak) {
        return peak == 0 ? 1 : between(1.0 / 25, 1, step / peak);
      }
      return between(1, 1.0 / 250_000, Math.min(1, (step - peak) / (end - peak)));
    }

    private static double between(double from, double to, double share) {
      return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }
  }
}
