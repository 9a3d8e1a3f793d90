package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.BatchNorm;
import dev.trifocal.layer.Dropout;

/** Evaluation mode: dropout does nothing, batch norm uses the running statistics. */
record EvaluationLayers() implements ModalLayers {
  @Override
  public PtNDArray dropout(Dropout layer, Site site) {
    return site.input();
  }

  @Override
  public PtNDArray batchNorm(BatchNorm layer, Site site) {
    return batchNorm(layer, site, false);
  }

  /**
   * PyTorch's own batch norm, which moves the running statistics in place if it trains.
   *
   * <p>DJL names the parameters of its method in another order than that in which it hands them on.
   */
  static PtNDArray batchNorm(BatchNorm layer, Site site, boolean training) {
    return JniUtils.batchNorm(
        site.input(),
        site.parameter("running_mean"),
        site.parameter("running_var"),
        site.parameter("weight"),
        site.parameter("bias"),
        training,
        layer.momentum(),
        layer.epsilon());
  }
}
