package dev.trifocal.datasets;

import dev.trifocal.data.Splits;

/** The source of a data set. */
public interface DatasetSource {
  /** Returns the name on the command line, such as {@code fashion-mnist}. */
  String name();

  /** Returns a one-line description: the content, and whether files or a network are needed. */
  String description();

  /**
   * Opens training, validation and test data.
   *
   * @throws dev.trifocal.error.FileException if files are missing, damaged or not those of the data
   *     set
   * @throws dev.trifocal.error.DataException if their contents are inconsistent
   */
  Splits open(DatasetOptions options);
}
