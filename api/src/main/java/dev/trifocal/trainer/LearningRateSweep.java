package dev.trifocal.trainer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The losses of a learning-rate range test.
 *
 * @param points results in the order of the steps
 */
public record LearningRateSweep(List<Point> points) {
  private static final double TENTH = 0.1;

  /** Number of first steps whose smoothed loss is not yet meaningful. */
  private static final int SETTLED = 10;

  /** Steps to each side of a slope; fewer would follow the noise of single batches. */
  private static final int SPAN = 5;

  /**
   * The result of a step.
   *
   * @param rate learning rate
   * @param loss loss of the batch before the update
   * @param smoothed bias-corrected exponential moving average of the losses so far
   */
  public record Point(double rate, double loss, double smoothed) {}

  public LearningRateSweep {
    points = List.copyOf(points);
  }

  /** Returns the rate at which the smoothed loss falls fastest per log rate; empty if nowhere. */
  public Optional<Double> steepest() {
    return IntStream.range(SETTLED + SPAN, Math.min(lowestIndex(), points.size() - SPAN))
        .boxed()
        .filter(i -> slope(i) < 0)
        .min(Comparator.comparingDouble(this::slope))
        .map(i -> points.get(i).rate());
  }

  /** Returns a tenth of the rate with the lowest smoothed loss, as in fastai; empty if none. */
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
