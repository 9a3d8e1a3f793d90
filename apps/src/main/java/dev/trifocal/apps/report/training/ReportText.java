package dev.trifocal.apps.report.training;

import dev.trifocal.apps.report.NumberText;
import java.util.List;
import java.util.Locale;

/** Figures and names as the report shows them. */
final class ReportText {
  private ReportText() {}

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * share);
  }

  /** A share in percent; a loss, and what somebody else measures, with its digits. */
  static String metric(String name, double value) {
    boolean share = name.matches("(val_)?(accuracy|top_\\d+|precision|recall|f1)");
    return share && Double.isFinite(value) ? percent(value) : NumberText.brief(value);
  }

  /** {@code top 5} for {@code top_5}. */
  static String words(String name) {
    return name.replace('_', ' ');
  }

  /** The name of a class, or its id where there are no names. */
  static String name(List<String> classes, int id) {
    return id < classes.size() ? classes.get(id) : "class " + id;
  }
}
