package dev.trifocal.testkit.reference;

import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Loss;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.SoftmaxCrossEntropy;

/** The three sums that losses are made of. */
record LossSum(Array output, Array target) implements Loss.Visitor<Double> {
  @Override
  public Double softmaxCrossEntropy(SoftmaxCrossEntropy loss) {
    Array logarithms = Softmaxes.logarithms(output, 1);
    double sum = 0;
    for (int i = 0; i < output.values().length; i++) {
      sum -= target.values()[i] * logarithms.values()[i];
    }
    return sum;
  }

  @Override
  public Double binaryCrossEntropy(BinaryCrossEntropy loss) {
    double sum = 0;
    for (int i = 0; i < output.values().length; i++) {
      double logit = output.values()[i];
      sum += Functions.softplus(logit) - target.values()[i] * logit;
    }
    return sum;
  }

  @Override
  public Double meanSquaredError(MeanSquaredError loss) {
    double sum = 0;
    for (int i = 0; i < output.values().length; i++) {
      double difference = output.values()[i] - target.values()[i];
      sum += difference * difference;
    }
    return sum;
  }
}
