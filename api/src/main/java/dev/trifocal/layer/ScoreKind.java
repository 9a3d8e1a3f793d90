package dev.trifocal.layer;

/** What the numbers are that a classifier ends in. */
public enum ScoreKind {
  /**
   * Any numbers, of which softmax makes probabilities; logarithms of probabilities are among them.
   */
  LOGITS,
  /** Probabilities already, one per class. */
  PROBABILITIES
}
