package dev.trifocal.apps.model;

import dev.trifocal.data.Dataset;
import dev.trifocal.data.Splits;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which parts of a data set to look at. */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST,
  /** What training did not learn from. */
  HELD_OUT,
  ALL;

  /** The parts by their names. */
  public Map<String, Dataset> parts(Splits splits) {
    Map<String, Dataset> parts = new LinkedHashMap<>();
    if (this == TRAIN || this == ALL) {
      parts.put("train", splits.train());
    }
    if (this != TRAIN && this != TEST) {
      parts.put("validation", splits.validation());
    }
    if (this != TRAIN && this != VALIDATION) {
      parts.put("test", splits.test());
    }
    return parts;
  }
}
