package dev.trifocal.apps.report;

import java.util.Map;

/** The results of a model for each class of a split. */
public sealed interface ResultsByClass permits ClassResults, PixelResults {
  /** Formats the results as a table, with the means in the last row. */
  TextTable table();

  /** Returns a map for JSON, whose {@code classes} has a map for each class. */
  Map<String, Object> asMap();
}
