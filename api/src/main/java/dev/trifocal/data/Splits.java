package dev.trifocal.data;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Disjoint training, validation and test sets.
 *
 * @param validation set on which epochs are compared; if empty, epochs are compared by their
 *     training results
 * @param test set on which the result is evaluated after training
 * @param drawn names of the splits that were drawn from the training samples; a different draw, or
 *     another program, may have trained on them
 */
public record Splits(
    Dataset train, Optional<Dataset> validation, Optional<Dataset> test, Set<String> drawn) {
  public Splits {
    drawn = Set.copyOf(drawn);
  }

  /** Creates splits of which none was drawn from another. */
  public Splits(Dataset train, Optional<Dataset> validation, Optional<Dataset> test) {
    this(train, validation, test, Set.of());
  }

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

  /** Returns these splits with the names of those that were drawn from the training samples. */
  public Splits drawn(Collection<String> names) {
    return new Splits(train, validation, test, Set.copyOf(names));
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
