package dev.trifocal.apps.model;

import dev.trifocal.layer.ScoreKind;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Loss;
import dev.trifocal.train.SoftmaxCrossEntropy;

/** The loss that suits the logits of a classifier. */
final class ClassifierLoss {
  private ClassifierLoss() {}

  /**
   * @param kind the meaning of the output that the logits were taken from
   * @param units number of logits; a single one tells two classes apart
   */
  static Loss of(ScoreKind kind, int units) {
    return kind == ScoreKind.SIGMOID || units == 1
        ? new BinaryCrossEntropy()
        : new SoftmaxCrossEntropy();
  }
}
