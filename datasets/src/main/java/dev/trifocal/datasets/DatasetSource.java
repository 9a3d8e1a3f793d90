package dev.trifocal.datasets;

import dev.trifocal.data.Splits;

/** Where a data set comes from. */
public interface DatasetSource {
  /** The name on the command line, for example {@code fashion-mnist}. */
  String name();

  /** One line for a table: what it holds, and whether files or a network are needed. */
  String description();

  /**
   * Opens training, validation and test data.
   *
   * @throws dev.trifocal.error.FileException if files are missing, damaged or foreign
   * @throws dev.trifocal.error.DataException if their content does not fit together
   */
  Splits open(DatasetOptions options);
}
