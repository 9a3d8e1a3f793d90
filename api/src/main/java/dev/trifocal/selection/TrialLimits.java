package dev.trifocal.selection;

import dev.trifocal.error.ConfigurationException;

/**
 * The extent of a trial on one backend.
 *
 * @param warmUp untimed repetitions at the start
 * @param repetitions timed repetitions, at least 1; their median counts
 * @param seconds time after which the trial of a backend ends with what has been measured by then
 * @param slowdown factor; a backend that is slower than the fastest so far by more than this is not
 *     measured further
 */
public record TrialLimits(int warmUp, int repetitions, double seconds, double slowdown) {
  /** 5 repetitions to warm up and 11 timed ones, in at most about 10 seconds per backend. */
  public static final TrialLimits DEFAULT = new TrialLimits(5, 11, 10, 2);

  public TrialLimits {
    if (warmUp < 0 || repetitions < 1 || !(seconds > 0) || !(slowdown >= 1)) {
      throw new ConfigurationException(
          "a trial needs a warm-up of at least 0, repetitions of at least 1, seconds above 0 and a"
              + " slowdown of at least 1, but has %d, %d, %s and %s"
                  .formatted(warmUp, repetitions, seconds, slowdown));
    }
  }
}
