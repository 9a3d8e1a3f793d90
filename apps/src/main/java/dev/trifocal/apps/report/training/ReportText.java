package dev.trifocal.apps.report.training;

import dev.trifocal.apps.report.NumberText;
import java.util.List;
import java.util.Locale;

/** Formats the figures and names of a report. */
final class ReportText {
  private ReportText() {}

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * share);
  }

  /** Formats a fraction as a percentage, and losses and other metrics as decimals. */
  static String metric(String name, double value) {
    boolean share = name.matches("(val_)?(accuracy|top_\\d+|precision|recall|f1)");
    return share && Double.isFinite(value) ? percent(value) : NumberText.brief(value);
  }

  /** Returns a metric's name in words: {@code top 5} for {@code top_5}. */
  static String words(String name) {
    return name.replace('_', ' ');
  }

  /** Returns the name of a class, or its id if it has none. */
  static String name(List<String> classes, int id) {
    return id < classes.size() ? classes.get(id) : "class " + id;
  }
}
