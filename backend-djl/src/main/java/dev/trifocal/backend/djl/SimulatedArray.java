package dev.trifocal.backend.djl;

import java.util.Optional;

/**
 * An array as far as its memory is concerned.
 *
 * @param block memory, which views share
 * @param elements number of elements, which may be more than the block has if they repeat
 * @param target receives the array's gradient; empty if it needs none
 */
record SimulatedArray(SimulatedBlock block, long elements, Optional<GradientTarget> target) {
  static final int ELEMENT = Float.BYTES;

  /** Receives gradients in a backward pass. */
  interface GradientTarget {
    /**
     * Receives a gradient.
     *
     * @param gradient memory, whose reference the target takes over
     */
    void add(SimulatedBlock gradient);
  }

  /** Returns the size of all elements in bytes. */
  long size() {
    return elements * ELEMENT;
  }

  boolean needsGradient() {
    return target.isPresent();
  }
}
