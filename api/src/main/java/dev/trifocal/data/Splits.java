package dev.trifocal.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One data set in its parts, which share no sample.
 *
 * @param validation what epochs are compared by; without it, they are compared by their training
 *     figures
 * @param test what is measured when training is over
 */
public record Splits(Dataset train, Optional<Dataset> validation, Optional<Dataset> test) {
  /** All three parts. */
  public Splits(Dataset train, Dataset validation, Dataset test) {
    this(train, Optional.of(validation), Optional.of(test));
  }

  /** Training samples only. */
  public static Splits of(Dataset train) {
    return new Splits(train, Optional.empty(), Optional.empty());
  }

  /** Training and validation samples. */
  public static Splits of(Dataset train, Dataset validation) {
    return new Splits(train, Optional.of(validation), Optional.empty());
  }

  /** The parts that are there by name: {@code train}, {@code validation}, {@code test}. */
  public Map<String, Dataset> parts() {
    Map<String, Dataset> parts = new LinkedHashMap<>();
    parts.put("train", train);
    validation.ifPresent(part -> parts.put("validation", part));
    test.ifPresent(part -> parts.put("test", part));
    return parts;
  }
}
