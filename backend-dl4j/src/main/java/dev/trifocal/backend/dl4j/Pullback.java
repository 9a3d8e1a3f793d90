package dev.trifocal.backend.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The backward pass of a layer, which is run at most once. */
@FunctionalInterface
interface Pullback {
  /**
   * Runs the backward pass.
   *
   * @param gradient gradient of the loss with respect to the layer's output; its owner is unchanged
   * @param sink receives the gradients of inputs and parameters, and owns them from then on
   */
  void pull(INDArray gradient, GradientAccumulator sink);
}
