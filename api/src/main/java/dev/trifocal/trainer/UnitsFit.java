package dev.trifocal.trainer;

import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Loss;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.SoftmaxCrossEntropy;

/** Whether an output of so many units can tell so many classes apart, by its loss. */
record UnitsFit(int units, int classes) implements Loss.Visitor<Boolean> {
  @Override
  public Boolean softmaxCrossEntropy(SoftmaxCrossEntropy loss) {
    return units == classes;
  }

  /** One unit says yes or no. */
  @Override
  public Boolean binaryCrossEntropy(BinaryCrossEntropy loss) {
    return units == classes || units == 1 && classes == 2;
  }

  @Override
  public Boolean meanSquaredError(MeanSquaredError loss) {
    return true;
  }
}
