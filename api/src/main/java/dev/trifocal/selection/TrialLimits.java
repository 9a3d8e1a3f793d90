package dev.trifocal.selection;

import dev.trifocal.error.ConfigurationException;

/**
 * The extent of a trial on one backend.
 *
 * @param warmUp minimum number of untimed repetitions at the start
 * @param repetitions minimum number of timed repetitions, 1 or more; their median counts
 * @param leastSeconds minimum duration of the warm-up and of the timed part; either ends earlier
 *     after 50 repetitions
 * @param seconds time after which the trial of a backend ends with what has been measured by then
 * @param slowdown factor; a backend that is slower than the fastest so far by more than this is not
 *     measured further
 */
public record TrialLimits(
    int warmUp, int repetitions, double leastSeconds, double seconds, double slowdown) {
  /**
   * At least 5 repetitions to warm up and then 11 timed ones, and up to 50 each if they take less
   * than 1.5 seconds; in at most about 10 seconds per backend.
   */
  public static final TrialLimits DEFAULT = new TrialLimits(5, 11, 1.5, 10, 2);

  public TrialLimits {
    if (warmUp < 0 || repetitions < 1 || !(leastSeconds >= 0 && seconds > 0) || !(slowdown >= 1)) {
      throw new ConfigurationException(
          "a trial needs a warm-up of at least 0, repetitions of at least 1, a minimum duration of 0 or"
              + " more, seconds above 0 and a slowdown of at least 1, but has %d, %d, %s, %s and %s"
                  .formatted(warmUp, repetitions, leastSeconds, seconds, slowdown));
    }
  }
}
