package dev.trifocal.backend.dl4j;

import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Loss;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.SoftmaxCrossEntropy;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss and its gradient for the logits, both made within one formula.
 *
 * @param output the logits {@code [N, ...]}
 * @param target of the same shape
 * @param scale what the sum is multiplied by
 */
record LossGradient(Formula math, INDArray output, INDArray target, double scale)
    implements Loss.Visitor<LossGradient.Values> {

  /** The loss, and its gradient of the logits' shape. */
  record Values(double loss, INDArray gradient) {}

  @Override
  public Values softmaxCrossEntropy(SoftmaxCrossEntropy loss) {
    INDArray largest = math.reduce("reduce_max", output, 1);
    INDArray shifted = math.subtract(output, largest);
    INDArray exponentials = math.exp(shifted);
    INDArray sum = math.sum(exponentials, 1);
    INDArray logs = math.subtract(shifted, math.log(sum));
    INDArray mass = math.sum(target, 1);
    INDArray shares = math.divide(math.multiply(exponentials, mass), sum);
    return scaled(math.multiply(target, logs), -1, math.subtract(shares, target), 1);
  }

  @Override
  public Values binaryCrossEntropy(BinaryCrossEntropy loss) {
    INDArray softplus = math.softplus(output);
    INDArray terms = math.subtract(softplus, math.multiply(target, output));
    return scaled(terms, 1, math.subtract(math.sigmoid(output), target), 1);
  }

  @Override
  public Values meanSquaredError(MeanSquaredError loss) {
    INDArray difference = math.subtract(output, target);
    return scaled(math.square(difference), 1, difference, 2);
  }

  private Values scaled(INDArray terms, double termFactor, INDArray slope, double slopeFactor) {
    double sum = math.sum(terms).getDouble(0);
    return new Values(sum * termFactor * scale, math.multiply(slope, slopeFactor * scale));
  }
}
