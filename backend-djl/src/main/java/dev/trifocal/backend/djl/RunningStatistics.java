package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.BatchNorm;

/** The running mean and variance of batch norms, which PyTorch's own batch norm keeps. */
final class RunningStatistics {
  private RunningStatistics() {}

  /** Normalises with the running statistics and leaves them as they are. */
  static PtNDArray normalise(BatchNorm layer, NodeContext context) {
    return batchNorm(layer, context, false);
  }

  /** Normalises with the statistics of the batch and updates the running ones in place. */
  static PtNDArray update(BatchNorm layer, NodeContext context) {
    return batchNorm(layer, context, true);
  }

  /** DJL declares the parameters of its method in another order than the one it passes on. */
  private static PtNDArray batchNorm(BatchNorm layer, NodeContext context, boolean training) {
    return JniUtils.batchNorm(
        context.input(),
        context.parameter("running_mean"),
        context.parameter("running_var"),
        context.parameter("weight"),
        context.parameter("bias"),
        training,
        layer.momentum(),
        layer.epsilon());
  }
}
