package dev.trifocal.apps.engine;

import java.util.List;

/**
 * The durations of repetitions of the same work.
 *
 * @param milliseconds durations in the order of measurement, at least one
 * @param elapsed wall time of all repetitions in milliseconds; less than the sum of the durations
 *     if several ran at the same time
 */
public record Timings(List<Double> milliseconds, double elapsed) {
  public Timings {
    milliseconds = List.copyOf(milliseconds);
  }

  /** Creates the timings of repetitions that ran one after another. */
  public Timings(List<Double> milliseconds) {
    this(milliseconds, milliseconds.stream().mapToDouble(Double::doubleValue).sum());
  }

  /** Returns the elapsed milliseconds per repetition. */
  public double perRepetition() {
    return elapsed / milliseconds.size();
  }

  /** Returns the median; of an even number of durations, the mean of the two in the middle. */
  public double median() {
    List<Double> sorted = milliseconds.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  public double shortest() {
    return milliseconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double longest() {
    return milliseconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
