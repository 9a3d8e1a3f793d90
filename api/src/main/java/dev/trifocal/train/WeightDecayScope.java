package dev.trifocal.train;

import dev.trifocal.shape.Shape;

/** The parameters to which an optimizer's weight decay applies. */
public enum WeightDecayScope {
  /** All parameters, like a {@code torch.optim} optimizer with a single parameter group. */
  ALL,
  /**
   * Only kernels and matrices, which have at least two axes. Biases and the scales and shifts of
   * norms, which have one, are exempt.
   */
  WEIGHTS;

  boolean covers(Shape parameter) {
    return this == ALL || parameter.rank() > 1;
  }
}
