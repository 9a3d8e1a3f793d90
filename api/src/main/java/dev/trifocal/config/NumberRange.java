package dev.trifocal.config;

import java.util.function.DoublePredicate;

/** A range of valid numbers for a setting. */
enum NumberRange {
  POSITIVE("positive", x -> x > 0),
  NATURAL("0 or more", x -> x >= 0),
  SHARE("within [0, 1]", x -> x >= 0 && x <= 1),
  DECAY("at least 0 and below 1", x -> x >= 0 && x < 1),
  FACTOR("above 0 and at most 1", x -> x > 0 && x <= 1);

  private final String words;
  private final DoublePredicate holds;

  NumberRange(String words, DoublePredicate holds) {
    this.words = words;
    this.holds = holds;
  }

  String words() {
    return words;
  }

  boolean holds(double value) {
    return Double.isFinite(value) && holds.test(value);
  }
}
