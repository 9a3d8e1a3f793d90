package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/** Evaluation mode: dropout does nothing, batch norm uses the running statistics. */
record EvaluationModeLayers() implements ModeDependentLayers {
  @Override
  public PtNDArray dropout(Dropout layer, NodeContext context) {
    return context.input();
  }

  @Override
  public PtNDArray batchNorm(BatchNorm layer, NodeContext context) {
    return batchNorm(layer, context, false);
  }

  /**
   * PyTorch's own batch norm, which moves the running statistics in place if it trains.
   *
   * <p>DJL names the parameters of its method in another order than that in which it hands them on.
   */
  static PtNDArray batchNorm(BatchNorm layer, NodeContext context, boolean training) {
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
