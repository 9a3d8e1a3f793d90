package dev.trifocal.apps.report.training;

import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The range of an axis, with ticks at round numbers.
 *
 * @param low the lower end
 * @param high the upper end
 * @param step the distance between ticks
 */
record PlotAxis(double low, double high, double step) {
  private static final int MARKS = 5;

  /** Returns an axis that includes the given range. */
  static PlotAxis over(double low, double high) {
    double step = round(Math.max(high - low, 1e-9) / MARKS);
    double first = Math.floor(low / step + 1e-9) * step;
    double last = Math.ceil(high / step - 1e-9) * step;
    return new PlotAxis(first, last > first ? last : first + step, step);
  }

  /** Returns an axis of epochs with half an epoch of margin on both sides. */
  static PlotAxis epochs(int first, int last) {
    return new PlotAxis(
        first - 0.5, last + 0.5, Math.max(1, Math.round(round((last - first) / 8.0))));
  }

  DoubleStream marks() {
    int first = (int) Math.ceil(low / step - 1e-9);
    int last = (int) Math.floor(high / step + 1e-9);
    return IntStream.rangeClosed(first, last).mapToDouble(i -> i * step);
  }

  /** Returns the position of a value: 0 at the lower end, 1 at the upper end. */
  double share(double value) {
    return (value - low) / (high - low);
  }

  /** Formats a tick with as many digits as the step needs. */
  String label(double mark) {
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", mark + 0.0);
  }

  /** Rounds up to 1, 2 or 5 times a power of ten. */
  private static double round(double step) {
    if (step <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }
}
