package dev.trifocal.apps.engine;

import java.util.List;

/**
 * The durations of repetitions of the same work.
 *
 * @param milliseconds durations in the order of measurement, at least one
 */
public record Timings(List<Double> milliseconds) {
  public Timings {
    milliseconds = List.copyOf(milliseconds);
  }

  public double mean() {
    return milliseconds.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
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
