package dev.trifocal.download;

import java.time.Duration;

/**
 * How long servers are waited for.
 *
 * @param silence longest wait for a connection, for an answer, and for more of a file
 * @param retries further attempts after a server said that it cannot answer now (429, 500, 502,
 *     503, 504)
 * @param pause before the first of them; each further one waits twice as long, or as long as the
 *     server asks for
 * @param longestPause that a server may ask for; one that asks for more is given up
 */
public record RetryPolicy(Duration silence, int retries, Duration pause, Duration longestPause) {
  /** 20 s of silence; three more attempts, after 1, 2 and 4 s. */
  public static final RetryPolicy USUAL =
      new RetryPolicy(Duration.ofSeconds(20), 3, Duration.ofSeconds(1), Duration.ofSeconds(60));

  /**
   * @param attempt counted from 0
   */
  Duration pauseAfter(int attempt) {
    return pause.multipliedBy(1L << attempt);
  }
}
