package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/**
 * Runs layers in evaluation mode: dropout is the identity, and batch norm uses its running
 * statistics.
 */
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
   * Calls PyTorch's batch norm, which updates the running statistics in place when training.
   *
   * <p>The parameter names of DJL's method do not match the order in which it passes its arguments
   * on.
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
