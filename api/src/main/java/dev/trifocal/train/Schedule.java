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
      return (1 + Math.cos(Math.PI * Math.min(1, (double) step / Math.max(1, total)))) / 2;
    }
  }

  /**
   * Up along a line to 1 during the first {@code steps}, or during the whole training where it is
   * shorter, then {@code after}.
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
   * Smith and Topin 2018 with PyTorch's shape: up from 1/25 to 1 along a cosine during the first
   * {@code rise} of all steps, then down to 1/250,000. The optimizer's rate is the highest.
   *
   * <p>A cycle needs at least two steps to rise and two to fall: with {@code rise} 0.3, seven steps
   * in all. In a shorter training the rate is constant, since a few steps of which one or two have
   * next to no rate would teach next to nothing.
   */
  record OneCycle(double rise) implements Schedule {
    /** Of each half of a cycle. */
    private static final int FEWEST_STEPS = 2;

    public OneCycle {
      if (!(rise > 0 && rise < 1)) {
        throw new ConfigurationException(
            "one-cycle: rise must be above 0 and below 1, but is " + rise);
      }
    }

    /** Whether a training of so many steps has room for a cycle; if not, the rate is constant. */
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
