package dev.trifocal.selection;

import java.util.Locale;

/**
 * The speed of a backend in a trial.
 *
 * @param backend name of the backend
 * @param milliseconds median duration of a step or batch
 */
public record Measurement(String backend, double milliseconds) {
  /** Returns the duration, such as {@code 41 ms}. */
  public String duration() {
    String format =
        milliseconds >= 9.95 ? "%.0f ms" : milliseconds >= 0.995 ? "%.1f ms" : "%.2f ms";
    return String.format(Locale.ROOT, format, milliseconds);
  }
}
