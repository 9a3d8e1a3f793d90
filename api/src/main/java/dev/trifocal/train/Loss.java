package dev.trifocal.train;

import dev.trifocal.graph.Value;
import java.util.List;

/**
 * A training objective to minimise: a small graph from outputs and labels to a scalar. Engines
 * differentiate it like any graph.
 *
 * <pre>{@code
 * Loss meanAbsoluteError = in -> in.output().minus(in.values()).abs().mean();
 * }</pre>
 *
 * <p>A loss that is saved with a training run must be a record, since its class name and components
 * are saved; lambdas are for runs that are not saved.
 */
@FunctionalInterface
public interface Loss {
  /**
   * Builds the loss.
   *
   * @param in the network's outputs and the labels of a batch
   * @return a scalar for the whole batch: end with {@link Value#mean()} or {@link Value#sum()}
   * @throws dev.trifocal.error.GraphException if the loss does not suit the outputs
   */
  Value of(LossInputs in);

  /**
   * Returns true if an output with this many units can distinguish this many classes; called before
   * training on a data set with classes.
   */
  default boolean suits(int units, int classes) {
    return true;
  }

  /**
   * Returns whether the output's units are logits of independent probabilities, which a sigmoid
   * gives, rather than of classes that exclude each other. The default is false.
   */
  default boolean isIndependent() {
    return false;
  }

  /** {@link SoftmaxCrossEntropy} on logits. */
  static SoftmaxCrossEntropy softmaxCrossEntropy() {
    return new SoftmaxCrossEntropy();
  }

  /** {@link BinaryCrossEntropy} on logits. */
  static BinaryCrossEntropy binaryCrossEntropy() {
    return new BinaryCrossEntropy();
  }

  /** Returns {@link MeanSquaredError}. */
  static MeanSquaredError meanSquaredError() {
    return new MeanSquaredError();
  }

  /** {@link Huber} with delta 1, PyTorch's default. */
  static Huber huber() {
    return new Huber(1);
  }

  /** {@link FocalLoss} on logits with gamma 2, the paper's choice. */
  static FocalLoss focal() {
    return new FocalLoss(2, List.of());
  }

  /** {@link BinaryFocalLoss} on logits with alpha 0.25 and gamma 2, torchvision's defaults. */
  static BinaryFocalLoss binaryFocal() {
    return new BinaryFocalLoss(0.25, 2);
  }

  /** {@link SoftDice} on logits with smoothing 1. */
  static SoftDice softDice() {
    return new SoftDice(1);
  }

  /** {@link KlDivergence} on logits. */
  static KlDivergence klDivergence() {
    return new KlDivergence();
  }
}
