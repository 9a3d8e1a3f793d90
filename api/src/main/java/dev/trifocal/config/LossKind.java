package dev.trifocal.config;

import dev.trifocal.train.FocalLoss;
import dev.trifocal.train.Loss;
import dev.trifocal.train.LossSum;
import dev.trifocal.train.SoftDice;
import dev.trifocal.train.SoftmaxCrossEntropy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The losses of classifiers that settings can name. */
public enum LossKind {
  /** Cross-entropy of a softmax, or of sigmoids if the network ends in these. */
  AUTO("auto"),
  /** {@link SoftmaxCrossEntropy}. */
  CROSS_ENTROPY("cross-entropy"),
  /** {@link FocalLoss} with gamma 2. */
  FOCAL("focal"),
  /** {@link SoftDice}. */
  DICE("dice"),
  /** The sum of {@link SoftmaxCrossEntropy} and {@link SoftDice}. */
  CROSS_ENTROPY_AND_DICE("cross-entropy+dice");

  private final String word;

  LossKind(String word) {
    this.word = word;
  }

  /** Returns the name in settings. */
  public String word() {
    return word;
  }

  /** Returns the loss of this name. */
  static Optional<LossKind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** Returns whether label smoothing changes the loss. */
  public boolean takesSmoothing() {
    return this == AUTO || this == CROSS_ENTROPY || this == CROSS_ENTROPY_AND_DICE;
  }

  /** Returns whether class weights change the loss. */
  public boolean takesWeights() {
    return this != DICE;
  }

  /**
   * Returns the loss for classes that exclude each other.
   *
   * @param labelSmoothing label smoothing of cross-entropy
   * @param classWeights one weight per class, or empty
   * @param ignoreIndex class id of labels to ignore
   */
  public Loss softmax(double labelSmoothing, List<Double> classWeights, OptionalLong ignoreIndex) {
    SoftmaxCrossEntropy entropy =
        new SoftmaxCrossEntropy(labelSmoothing, classWeights, ignoreIndex);
    SoftDice dice = Loss.softDice().ignoring(ignoreIndex);
    return switch (this) {
      case AUTO, CROSS_ENTROPY -> entropy;
      case FOCAL -> Loss.focal().classWeights(classWeights).ignoring(ignoreIndex);
      case DICE -> dice;
      case CROSS_ENTROPY_AND_DICE -> LossSum.of(entropy, dice);
    };
  }
}
