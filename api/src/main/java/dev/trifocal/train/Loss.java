package dev.trifocal.train;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;

/**
 * What training makes small. A loss is {@code sum over elements of f(output, target) / weight};
 * {@link #target} works target and weight out on the host, so engines know three sums and no
 * options. Outputs are logits.
 */
public sealed interface Loss permits SoftmaxCrossEntropy, BinaryCrossEntropy, MeanSquaredError {
  /**
   * @param output shape of the output for the whole batch, {@code [N, ...]}
   * @throws dev.trifocal.error.DataException if the labels do not suit the output
   */
  Target target(Shape output, Tensor labels);

  /** The sum over all elements, in double precision, not yet divided by the weight. */
  double sum(Tensor output, Tensor target);

  <R> R accept(Visitor<R> visitor);

  /**
   * @param values float32, of the output's shape
   * @param weight what the sum is divided by; 0 where every label is ignored, and the loss is 0
   */
  record Target(Tensor values, double weight) {
    /** What the sum is multiplied by. */
    public double scale() {
      return weight == 0 ? 0 : 1 / weight;
    }
  }

  /** One method per sum. */
  interface Visitor<R> {
    /** {@code sum -target * log_softmax(output)}, classes on axis 1. */
    R softmaxCrossEntropy(SoftmaxCrossEntropy loss);

    /** {@code sum softplus(output) - target * output}. */
    R binaryCrossEntropy(BinaryCrossEntropy loss);

    /** {@code sum (output - target)^2}. */
    R meanSquaredError(MeanSquaredError loss);
  }
}
