package dev.trifocal.data;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One data set in its parts, which share no sample.
 *
 * @param validation what epochs are compared by; without it, they are compared by their training
 *     figures
 * @param test what is measured when training is over
 * @param drawn names of the parts that were drawn out of the training samples: another draw, or
 *     another program, may have trained on them
 */
public record Splits(
    Dataset train, Optional<Dataset> validation, Optional<Dataset> test, Set<String> drawn) {
  public Splits {
    drawn = Set.copyOf(drawn);
  }

  /** Parts of which none was drawn out of another. */
  public Splits(Dataset train, Optional<Dataset> validation, Optional<Dataset> test) {
    this(train, validation, test, Set.of());
  }

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

  /** The same, with the names of the parts that were drawn out of the training samples. */
  public Splits drawn(Collection<String> parts) {
    return new Splits(train, validation, test, Set.copyOf(parts));
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
