package dev.trifocal.apps.report;

import java.util.Locale;

/** Formats numbers for display, independent of the locale. */
public final class NumberText {
  private static final long MEBIBYTE = 1L << 20;

  private NumberText() {}

  /** Formats a number with thousands separators: {@code 903,400}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Formats a final loss or metric: {@code 0.987654}. */
  public static String precise(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  /** Formats a loss or metric during training: {@code 0.9877}. */
  public static String brief(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Formats a duration: {@code 12.3 s}. */
  public static String seconds(double value) {
    return String.format(Locale.ROOT, "%.1f s", value);
  }

  /** Formats a rate with three significant digits: {@code 0.00153}, {@code 8.00e-09}. */
  public static String rate(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  /** Formats a duration in milliseconds: {@code 12.34}. */
  public static String milliseconds(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Formats a number of bytes in MiB, rounded: {@code 1,234}. */
  public static String mebibytes(long bytes) {
    return count((bytes + MEBIBYTE / 2) / MEBIBYTE);
  }

  /** Formats a share of 1: {@code 12.3 %}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
