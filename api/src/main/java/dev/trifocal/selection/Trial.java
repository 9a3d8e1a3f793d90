package dev.trifocal.selection;

import dev.trifocal.backend.Backend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Measures a workload on one backend.
 *
 * @param clock seconds since a fixed moment
 */
record Trial(Workload workload, TrialLimits limits, DoubleSupplier clock) {
  /** The timed repetitions after which a backend can count as slow; a single one may be a fluke. */
  private static final int ENOUGH = 2;

  /** The repetitions after which neither part of a trial goes on for being short. */
  private static final int MOST = 50;

  /**
   * Returns the median duration of a step or batch.
   *
   * @param fastest duration on the fastest backend so far in milliseconds; infinite for none
   * @return milliseconds
   * @throws RuntimeException if the backend cannot do the work
   */
  double milliseconds(Backend backend, double fastest) {
    workload.options().requireSupportOf(backend);
    try (Workload.Repetition work = workload.start(backend)) {
      double start = clock.getAsDouble();
      double end = start + limits.seconds();
      for (int i = 0; i < limits.warmUp() || isShort(start, i); i++) {
        double untimed = timed(work);
        if (clock.getAsDouble() >= end) {
          return untimed;
        }
      }
      double warm = clock.getAsDouble();
      List<Double> times = new ArrayList<>();
      do {
        times.add(timed(work));
      } while ((times.size() < limits.repetitions() || isShort(warm, times.size()))
          && clock.getAsDouble() < end
          && !isSlow(times, fastest));
      return median(times);
    }
  }

  private boolean isShort(double start, int repetitions) {
    return repetitions < MOST && clock.getAsDouble() < start + limits.leastSeconds();
  }

  private double timed(Workload.Repetition work) {
    double start = clock.getAsDouble();
    work.run();
    return (clock.getAsDouble() - start) * 1000;
  }

  private boolean isSlow(List<Double> times, double fastest) {
    return times.size() >= ENOUGH && Collections.min(times) > limits.slowdown() * fastest;
  }

  /** Of an even number of durations, the mean of the two in the middle. */
  private static double median(List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
