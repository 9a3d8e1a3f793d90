package dev.trifocal.apps.model;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.layer.ScoreKind;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Loss;
import dev.trifocal.train.SoftmaxCrossEntropy;
import java.util.OptionalLong;

/** Selects the loss for the logits of a classifier. */
public final class ClassifierLoss {
  private ClassifierLoss() {}

  /**
   * Returns the loss.
   *
   * @param kind kind of the output that the logits come from
   * @param units number of logits; a single one distinguishes two classes
   */
  public static Loss of(ScoreKind kind, int units) {
    return of(kind, units, OptionalLong.empty());
  }

  /**
   * Returns the loss for data some of whose labels are of no class.
   *
   * @param ignoreIndex the class id of these labels
   */
  static Loss of(ScoreKind kind, int units, OptionalLong ignoreIndex) {
    return kind.isIndependent() || units == 1
        ? new BinaryCrossEntropy()
        : new SoftmaxCrossEntropy().ignoring(ignoreIndex);
  }

  /**
   * Returns the loss for images with any number of classes.
   *
   * @param kind kind of the output that the logits come from
   * @throws ConfigurationException if its classes exclude each other
   */
  static Loss multiLabel(String model, ScoreKind kind) {
    return switch (kind) {
      case LOGITS, SIGMOID, LOG_SIGMOID, SIGMOID_LOGITS -> new BinaryCrossEntropy();
      case PROBABILITIES, LOG_PROBABILITIES, CLASS_IDS ->
          throw new ConfigurationException(
              "%s outputs %s of classes that exclude each other, but multi-label data needs a sigmoid for each class; use another model, or train this one with --multi-label"
                  .formatted(model, kind == ScoreKind.CLASS_IDS ? "the best" : "probabilities"));
    };
  }
}
