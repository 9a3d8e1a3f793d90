package dev.trifocal.profile;

import dev.trifocal.error.ConfigurationException;

/**
 * How long to profile.
 *
 * @param warmUp number of steps to run first, without profiling them
 * @param steps number of profiled steps, at least 1
 */
public record ProfileLength(int warmUp, int steps) {
  public ProfileLength {
    if (warmUp < 0 || steps < 1) {
      throw new ConfigurationException(
          "the number of profiled steps must be 1 or more, and of warm-up steps 0 or more, but they"
              + " are %d and %d".formatted(steps, warmUp));
    }
  }

  /** Runs the warm-up steps. */
  public void warmUp(Runnable step) {
    repeat(warmUp, step);
  }

  /** Runs the profiled steps. */
  public void measure(Runnable step) {
    repeat(steps, step);
  }

  private static void repeat(int times, Runnable step) {
    for (int i = 0; i < times; i++) {
      step.run();
    }
  }
}
