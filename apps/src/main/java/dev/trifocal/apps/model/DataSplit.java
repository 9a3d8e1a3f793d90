package dev.trifocal.apps.model;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import dev.trifocal.error.DataException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which part of a data set to look at. */
public enum DataSplit {
  TRAIN,
  VALIDATION,
  TEST,
  ALL;

  /**
   * The parts by their names; all means all that there are.
   *
   * @throws DataException if the data has no such part
   */
  public Map<String, Dataset> parts(Splits splits) {
    Map<String, Dataset> parts = splits.parts();
    if (this != ALL && !parts.containsKey(toString())) {
      throw new DataException(
          "%s has no %s part; it has %s"
              .formatted(splits.train().name(), this, String.join(", ", parts.keySet())));
    }
    // A folder may have held-out parts only.
    parts.values().removeIf(part -> this == ALL && part.size() == 0);
    if (this != ALL) {
      parts.keySet().retainAll(Set.of(toString()));
    }
    return parts;
  }

  /** The parts that training did not learn from; if there are none, what it learned from. */
  public static Map<String, Dataset> heldOut(Splits splits) {
    Map<String, Dataset> parts = splits.parts();
    if (parts.size() > 1) {
      parts.remove(TRAIN.toString());
    }
    return parts;
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
