package dev.trifocal.download;

import java.time.Duration;

/**
 * Timeouts and retries for requests.
 *
 * @param silence maximum wait for a connection, a response, or more data
 * @param retries attempts after a temporary error (status 429, 500, 502, 503, 504)
 * @param pause wait before the first retry; doubled for each further one unless the server requests
 *     a delay
 * @param longestPause maximum wait before a retry; a longer one ends the retries
 */
public record RetryPolicy(Duration silence, int retries, Duration pause, Duration longestPause) {
  /** A timeout of 20 s and three retries, after 1, 2 and 4 s. */
  public static final RetryPolicy USUAL =
      new RetryPolicy(Duration.ofSeconds(20), 3, Duration.ofSeconds(1), Duration.ofSeconds(60));

  /**
   * @param attempt zero-based number of the attempt
   */
  Duration pauseAfter(int attempt) {
    return pause.multipliedBy(1L << attempt);
  }
}
