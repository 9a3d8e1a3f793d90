package dev.trifocal.apps.report;

import java.util.Locale;

/** Numbers as people read them, whatever the machine's language. */
public final class NumberText {
  private NumberText() {}

  /** With thousands separators: {@code 903,400}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Losses and metrics of a finished evaluation: {@code 0.987654}. */
  public static String precise(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  /** Losses and metrics on the way: {@code 0.9877}. */
  public static String brief(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** {@code 12.3 s}. */
  public static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f s", value);
  }

  /** Three significant digits for rates: {@code 0.00153}, {@code 8.00e-09}. */
  public static String rate(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
