package dev.trifocal.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Disjoint training, validation and test sets.
 *
 * @param validation set on which epochs are compared; if empty, epochs are compared by their
 *     training results
 * @param test set on which the result is evaluated after training
 */
public record Splits(Dataset train, Optional<Dataset> validation, Optional<Dataset> test) {
  /** Creates splits with all three sets. */
  public Splits(Dataset train, Dataset validation, Dataset test) {
    this(train, Optional.of(validation), Optional.of(test));
  }

  /** Returns splits with a training set only. */
  public static Splits of(Dataset train) {
    return new Splits(train, Optional.empty(), Optional.empty());
  }

  /** Returns splits with a training and a validation set. */
  public static Splits of(Dataset train, Dataset validation) {
    return new Splits(train, Optional.of(validation), Optional.empty());
  }

  /** Returns the sets that are present by name: {@code train}, {@code validation}, {@code test}. */
  public Map<String, Dataset> parts() {
    Map<String, Dataset> parts = new LinkedHashMap<>();
    parts.put("train", train);
    validation.ifPresent(part -> parts.put("validation", part));
    test.ifPresent(part -> parts.put("test", part));
    return parts;
  }
}
