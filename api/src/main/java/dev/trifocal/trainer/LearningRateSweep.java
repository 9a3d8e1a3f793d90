package dev.trifocal.trainer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the loss went while the rate rose.
 *
 * @param points in the order of the steps
 */
public record LearningRateSweep(List<Point> points) {
  private static final double TENTH = 0.1;

  /** Of the first steps the smoothed loss says little. */
  private static final int SETTLED = 10;

  /** A slope over fewer steps to each side would follow the noise of single batches. */
  private static final int SPAN = 5;

  /**
   * @param rate of the step
   * @param loss of its batch, before its update
   * @param smoothed exponential mean of the losses so far, corrected for its start
   */
  public record Point(double rate, double loss, double smoothed) {}

  public LearningRateSweep {
    points = List.copyOf(points);
  }

  /** Where the smoothed loss falls fastest over the logarithm of the rate; empty if nowhere. */
  public Optional<Double> steepest() {
    return IntStream.range(SETTLED + SPAN, Math.min(lowestIndex(), points.size() - SPAN))
        .boxed()
        .filter(i -> slope(i) < 0)
        .min(Comparator.comparingDouble(this::slope))
        .map(i -> points.get(i).rate());
  }

  /** A tenth of the rate with the lowest smoothed loss: fastai's old rule; empty if none. */
  public Optional<Double> belowLowest() {
    return lowest().map(point -> TENTH * point.rate());
  }

  private int lowestIndex() {
    return lowest().map(points::indexOf).orElse(0);
  }

  private Optional<Point> lowest() {
    return points.stream().skip(SETTLED).min(Comparator.comparingDouble(Point::smoothed));
  }

  private double slope(int i) {
    Point before = points.get(i - SPAN);
    Point after = points.get(i + SPAN);
    return (after.smoothed() - before.smoothed()) / Math.log(after.rate() / before.rate());
  }
}
