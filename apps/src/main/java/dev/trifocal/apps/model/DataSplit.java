package dev.trifocal.apps.model;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.error.DataException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The splits of a data set that a command can select. */
public enum DataSplit {
  TRAIN,
  VALIDATION,
  TEST,
  ALL;

  /**
   * Returns the selected splits by name; {@code ALL} selects every split that exists.
   *
   * @throws DataException if the data has no such split
   */
  public Map<String, Dataset> parts(Splits splits) {
    Map<String, Dataset> parts = splits.parts();
    if (this != ALL && !parts.containsKey(toString())) {
      throw new DataException(
          "%s has no %s split; it has %s"
              .formatted(splits.train().name(), this, String.join(", ", parts.keySet())));
    }
    // A folder may have held-out parts only.
    parts.values().removeIf(part -> this == ALL && part.size() == 0);
    if (this != ALL) {
      parts.keySet().retainAll(Set.of(toString()));
    }
    return parts;
  }

  /** Returns the splits not used for training, or the training split if there are no others. */
  public static Map<String, Dataset> heldOut(Splits splits) {
    Map<String, Dataset> parts = splits.parts();
    if (parts.size() > 1) {
      parts.remove(TRAIN.toString());
    }
    return parts;
  }

  /** Returns the value as written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
