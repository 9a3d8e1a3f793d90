package dev.trifocal.layer;

import dev.trifocal.shape.Shape;
import dev.trifocal.weights.Initializer;

/**
 * A tensor that belongs to a layer.
 *
 * @param name the last part of its path: {@code weight}, {@code bias}, {@code running_mean}, ...
 * @param role whether an optimizer changes it
 * @param fanIn see {@link Initializer#values}
 * @param fanOut see {@link Initializer#values}
 */
public record Parameter(
    String name, Shape shape, Role role, Initializer initializer, int fanIn, int fanOut) {

  /** Who changes a parameter. */
  public enum Role {
    /** The optimizer; counted as a parameter. */
    LEARNED,
    /**
     * The layer itself while it trains; not counted as a parameter, as PyTorch's buffers are not.
     */
    STATISTIC
  }
}
