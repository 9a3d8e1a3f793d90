package dev.trifocal.profile;

/**
 * An event with a duration in a {@link ChromeTrace}.
 *
 * @param name name of the event, empty if it has none
 * @param category category of the event, empty if it has none
 * @param thread thread of the event, empty if it has none
 * @param start start in microseconds, from a moment that depends on the writer
 * @param duration duration in microseconds
 * @param operator the argument {@code op_name}, empty if it is missing
 */
public record TraceEvent(
    String name, String category, String thread, double start, double duration, String operator) {
  /** Returns the end in microseconds. */
  public double end() {
    return start + duration;
  }

  TraceEvent lasting(double other) {
    return new TraceEvent(name, category, thread, start, other, operator);
  }
}
