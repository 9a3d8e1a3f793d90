package dev.trifocal.apps.report.training;

import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A range of numbers with round marks at its ends and between.
 *
 * @param step between marks
 */
record PlotAxis(double low, double high, double step) {
  private static final int MARKS = 5;

  /** An axis on which all these numbers lie. */
  static PlotAxis over(double low, double high) {
    double step = round(Math.max(high - low, 1e-9) / MARKS);
    double first = Math.floor(low / step + 1e-9) * step;
    double last = Math.ceil(high / step - 1e-9) * step;
    return new PlotAxis(first, last > first ? last : first + step, step);
  }

  /** Whole numbers from the first epoch to the last, with room for half an epoch around. */
  static PlotAxis epochs(int first, int last) {
    return new PlotAxis(
        first - 0.5, last + 0.5, Math.max(1, Math.round(round((last - first) / 8.0))));
  }

  DoubleStream marks() {
    int first = (int) Math.ceil(low / step - 1e-9);
    int last = (int) Math.floor(high / step + 1e-9);
    return IntStream.rangeClosed(first, last).mapToDouble(i -> i * step);
  }

  /** 0 at the low end, 1 at the high one. */
  double share(double value) {
    return (value - low) / (high - low);
  }

  /** A mark in as many digits as the step needs. */
  String label(double mark) {
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", mark + 0.0);
  }

  /** The next larger number that is 1, 2 or 5 with zeros. */
  private static double round(double step) {
    if (step <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }
}
