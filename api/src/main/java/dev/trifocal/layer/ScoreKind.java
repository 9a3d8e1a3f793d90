package dev.trifocal.layer;

/** The meaning of the numbers that a classifier outputs. */
public enum ScoreKind {
  /** Unnormalised scores for softmax; a single one is for a sigmoid. */
  LOGITS,
  /** Logarithms of probabilities, one per class. */
  LOG_PROBABILITIES,
  /** Probabilities, one per class. */
  PROBABILITIES,
  /** One independent probability per unit. A single unit is the probability of class 1 of two. */
  SIGMOID,
  /** Logarithms of independent probabilities, one per unit. */
  LOG_SIGMOID,
  /** Logits of independent probabilities, one per unit, each for a sigmoid of its own. */
  SIGMOID_LOGITS,
  /** Ids of the most probable classes, best first, without their scores. */
  CLASS_IDS;

  /** Returns true if each unit is a probability of its own. */
  public boolean isIndependent() {
    return this == SIGMOID || this == LOG_SIGMOID || this == SIGMOID_LOGITS;
  }
}
