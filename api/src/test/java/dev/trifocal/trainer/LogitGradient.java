package dev.trifocal.trainer;

import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Loss;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.SoftmaxCrossEntropy;

/** What one row of logits adds to the loss, derived by the logits; not yet scaled. */
record LogitGradient(float[] logits, float[] target) implements Loss.Visitor<double[]> {
  @Override
  public double[] softmaxCrossEntropy(SoftmaxCrossEntropy loss) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    double shares = 0;
    double[] result = new double[logits.length];
    for (int k = 0; k < logits.length; k++) {
      result[k] = Math.exp(logits[k] - largest);
      sum += result[k];
      shares += target[k];
    }
    for (int k = 0; k < logits.length; k++) {
      result[k] = result[k] / sum * shares - target[k];
    }
    return result;
  }

  @Override
  public double[] binaryCrossEntropy(BinaryCrossEntropy loss) {
    double[] result = new double[logits.length];
    for (int k = 0; k < logits.length; k++) {
      result[k] = 1 / (1 + Math.exp(-logits[k])) - target[k];
    }
    return result;
  }

  @Override
  public double[] meanSquaredError(MeanSquaredError loss) {
    double[] result = new double[logits.length];
    for (int k = 0; k < logits.length; k++) {
      result[k] = 2.0 * (logits[k] - target[k]);
    }
    return result;
  }
}
