package dev.trifocal.backend.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** How to go backward through a layer. It is run once at most. */
@FunctionalInterface
interface Pullback {
  /**
   * @param gradient of the loss for the layer's output; stays with its owner
   * @param sink takes the gradients for inputs and parameters, and owns them from then on
   */
  void pull(INDArray gradient, GradientAccumulator sink);
}
