package dev.trifocal.train;

import dev.trifocal.shape.Shape;

/** Which parameters an optimizer's weight decay pulls towards zero. */
public enum WeightDecayScope {
  /** All, as {@code torch.optim} does when it is given all parameters at once. */
  ALL,
  /**
   * Kernels and matrices only: parameters of two axes or more. Biases and the scales and shifts of
   * norms, which have one, are left alone.
   */
  WEIGHTS;

  boolean covers(Shape parameter) {
    return this == ALL || parameter.rank() > 1;
  }
}
