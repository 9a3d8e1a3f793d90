package dev.trifocal.apps.model;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which part of a data set to look at. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST,
  ALL;

  /** The parts by their names. */
  public Map<String, Dataset> parts(Splits splits) {
    Map<String, Dataset> parts = all(splits);
    if (this != ALL) {
      parts.keySet().retainAll(Set.of(toString()));
    }
    return parts;
  }

  /** The parts that training did not learn from. */
  public static Map<String, Dataset> heldOut(Splits splits) {
    Map<String, Dataset> parts = all(splits);
    parts.remove(TRAIN.toString());
    return parts;
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Dataset> all(Splits splits) {
    Map<String, Dataset> parts = new LinkedHashMap<>();
    parts.put(TRAIN.toString(), splits.train());
    parts.put(VALIDATION.toString(), splits.validation());
    parts.put(TEST.toString(), splits.test());
    return parts;
  }
}
