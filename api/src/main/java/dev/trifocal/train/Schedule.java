package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;

/**
 * A learning-rate schedule: a factor of the optimizer's rate, as a pure function of the step, so
 * that a resume continues it. Users can implement schedules; a schedule that is saved must be a
 * record whose components are numbers, booleans, strings, enums, other schedules, and lists, maps,
 * optionals and records of these.
 */
public interface Schedule {
  /**
   * Returns the factor of a step, finite and at least 0.
   *
   * @param step number of steps taken so far; 0 for the first step
   * @param total total number of steps of the run
   */
  double factor(long step, long total);

  /** The optimizer's rate without changes. */
  record Constant() implements Schedule {
    @Override
    public double factor(long step, long total) {
      return 1;
    }
  }

  /** {@code gamma^(step / every)} with integer division: {@code StepLR}, but counted in steps. */
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

  /** Cosine decay from 1 to 0 (Loshchilov and Hutter 2017, without restarts). */
  record Cosine() implements Schedule {
    @Override
    public double factor(long step, long total) {
      return (1 + Math.cos(Math.PI * Math.min(1, (double) step / Math.max(1, total)))) / 2;
    }
  }

  /**
   * Linear warm-up to 1 over the first {@code steps}, or over the whole run if it is shorter; then
   * {@code after}.
   */
  record WarmUp(long steps, Schedule after) implements Schedule {
    public WarmUp {
      OptimizerChecks.requirePositive("warm-up: steps", steps);
    }

    @Override
    public double factor(long step, long total) {
      return step < steps
          ? Math.min(1, (step + 1.0) / Math.max(1, Math.min(steps, total)))
          : after.factor(step - steps, Math.max(1, total - steps));
    }
  }

  /**
   * One-cycle schedule (Smith and Topin 2018), as in PyTorch: a cosine from 1/25 up to 1 over the
   * share {@code rise} of all steps, then down to 1/250,000. The optimizer's rate is the maximum.
   *
   * <p>A cycle needs at least two steps in each half: with {@code rise} 0.3, seven steps in total.
   * For shorter runs the rate is constant, because steps at almost no rate would be wasted.
   */
  record OneCycle(double rise) implements Schedule {
    /** Minimum number of steps in each half of a cycle. */
    private static final int FEWEST_STEPS = 2;

    public OneCycle {
      if (!(rise > 0 && rise < 1)) {
        throw new ConfigurationException(
            "one-cycle: rise must be above 0 and below 1, but is " + rise);
      }
    }

    /** Returns true if a run is long enough for a cycle; if not, the rate is constant. */
    public boolean fits(long total) {
      double rising = rise * total;
      return rising >= FEWEST_STEPS && total - rising >= FEWEST_STEPS;
    }

    @Override
    public double factor(long step, long total) {
      if (!fits(total)) {
        return 1;
      }
      double peak = rise * total - 1;
      double end = total - 1;
      if (step <= peak) {
        return between(1.0 / 25, 1, step / peak);
      }
      return between(1, 1.0 / 250_000, Math.min(1, (step - peak) / (end - peak)));
    }

    private static double between(double from, double to, double share) {
      return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }
  }
}
