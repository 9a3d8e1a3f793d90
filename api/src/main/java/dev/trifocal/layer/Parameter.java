package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;

/**
 * A tensor of a layer.
 *
 * @param name last part of its path: {@code weight}, {@code bias}, {@code running_mean}, ...
 * @param role whether the optimizer updates it
 * @param fanIn see {@link Initializer#values}
 * @param fanOut see {@link Initializer#values}
 */
public record Parameter(
    String name, Shape shape, Role role, Initializer initializer, int fanIn, int fanOut) {

  /** How a parameter is updated. */
  public enum Role {
    /** Updated by the optimizer; counted as a parameter. */
    LEARNED,
    /** Updated by the layer during training; like PyTorch's buffers, not counted as a parameter. */
    STATISTIC
  }
}
