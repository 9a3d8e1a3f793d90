package dev.trifocal.backend.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.train.BinaryCrossEntropy;
import dev.trifocal.train.Loss;
import dev.trifocal.train.MeanSquaredError;
import dev.trifocal.train.SoftmaxCrossEntropy;

/**
 * The sums that losses are made of, without axes.
 *
 * @param output the logits {@code [N, ...]}
 * @param target of the same shape
 */
record LossSum(PtNDArray output, PtNDArray target) implements Loss.Visitor<PtNDArray> {
  @Override
  public PtNDArray softmaxCrossEntropy(SoftmaxCrossEntropy loss) {
    PtNDArray logs = JniUtils.logSoftmax(output, 1, DataType.FLOAT32);
    return JniUtils.neg(JniUtils.sum(JniUtils.mul(target, logs)));
  }

  @Override
  public PtNDArray binaryCrossEntropy(BinaryCrossEntropy loss) {
    return JniUtils.sum(JniUtils.sub(JniUtils.softPlus(output), JniUtils.mul(target, output)));
  }

  @Override
  public PtNDArray meanSquaredError(MeanSquaredError loss) {
    return JniUtils.sum(JniUtils.square(JniUtils.sub(output, target)));
  }
}
