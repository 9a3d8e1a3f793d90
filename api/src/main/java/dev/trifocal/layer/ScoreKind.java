package dev.trifocal.layer;

/** The meaning of the numbers that a classifier outputs. */
public enum ScoreKind {
  /** Any numbers, which softmax turns into probabilities; a single one needs a sigmoid. */
  LOGITS,
  /** Logarithms of probabilities, one per class. */
  LOG_PROBABILITIES,
  /** Probabilities, one per class. */
  PROBABILITIES,
  /**
   * One probability for each unit, independent of the others. A single unit holds the probability
   * of class 1, and class 0 has the rest.
   */
  SIGMOID,
  /** Ids of the likeliest classes, the best first, without their scores. */
  CLASS_IDS
}
