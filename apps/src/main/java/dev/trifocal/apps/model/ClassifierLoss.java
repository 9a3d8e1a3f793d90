package dev.trifocal.apps.model;

import dev.trifocal.layer.ScoreKind;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Loss;
import dev.trifocal.train.SoftmaxCrossEntropy;

/** Selects the loss for the logits of a classifier. */
final class ClassifierLoss {
  private ClassifierLoss() {}

  /**
   * Returns the loss.
   *
   * @param kind kind of the output that the logits come from
   * @param units number of logits; a single one distinguishes two classes
   */
  static Loss of(ScoreKind kind, int units) {
    return kind == ScoreKind.SIGMOID || units == 1
        ? new BinaryCrossEntropy()
        : new SoftmaxCrossEntropy();
  }
}
