package dev.trifocal.datasets.augment;

import dev.trifocal.error.ConfigurationException;
import java.util.function.DoublePredicate;

/** The valid ranges of augmentation parameters. */
enum AugmentationStrength {
  SHARE("within [0, 1]", x -> x >= 0 && x <= 1),
  PART("above 0 and at most 1", x -> x > 0 && x <= 1),
  HALF("within [0, 0.5]", x -> x >= 0 && x <= 0.5),
  ANGLE("within [0, 180]", x -> x >= 0 && x <= 180),
  NATURAL("0 or more", x -> x >= 0 && Double.isFinite(x)),
  POSITIVE("above 0", x -> x > 0 && Double.isFinite(x));

  private final String words;
  private final DoublePredicate holds;

  AugmentationStrength(String words, DoublePredicate holds) {
    this.words = words;
    this.holds = holds;
  }

  /**
   * Checks a value.
   *
   * @throws ConfigurationException if the value is out of range
   */
  void require(String what, double value) {
    if (!holds.test(value)) {
      throw new ConfigurationException("%s must be %s, but is %s".formatted(what, words, value));
    }
  }
}
