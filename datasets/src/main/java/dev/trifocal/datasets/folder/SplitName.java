package dev.trifocal.datasets.folder;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The splits with the names of their folders. */
public enum SplitName {
  TRAIN("train", "training"),
  VALIDATION("val", "valid", "validation"),
  TEST("test", "testing");

  private final List<String> names;

  SplitName(String... names) {
    this.names = List.of(names);
  }

  /** Returns the name of the split: train, validation or test. */
  public String split() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the usual name of its folder or list. */
  public String folder() {
    return names.get(0);
  }

  /** Returns the split that a name in lower case denotes. */
  public static Optional<SplitName> named(String name) {
    return Arrays.stream(values()).filter(split -> split.names.contains(name)).findFirst();
  }
}
