package dev.trifocal.backend.djl;

import dev.trifocal.backend.djl.SimulatedArray.GradientTarget;
import java.util.List;

/**
 * A function of autograd's graph: what {@code torch::autograd::Node} holds from the forward pass
 * until its own backward pass.
 */
final class SimulatedFunction implements GradientTarget {
  /** Computes the gradients of all inputs that need one. */
  @FunctionalInterface
  interface Rule {
    /**
     * Adds a gradient to the target of each input.
     *
     * @param gradient gradient of the result; the caller keeps its reference
     */
    void run(SimulatedBlock gradient);
  }

  /** The sizes of a function and of the vectors in it, logged in calls of {@code malloc}. */
  private static final List<Long> OBJECTS = List.of(600L, 32L, 24L, 96L, 24L, 184L);

  private final SimulatedMemory memory;
  private final List<SimulatedBlock> saved;
  private final Rule rule;
  private final long[] addresses = new long[OBJECTS.size()];
  private SimulatedBlock gradient;

  /**
   * @param saved memory that the rule reads, one reference each
   */
  SimulatedFunction(SimulatedMemory memory, List<SimulatedBlock> saved, Rule rule) {
    this.memory = memory;
    this.saved = List.copyOf(saved);
    this.rule = rule;
    for (int i = 0; i < OBJECTS.size(); i++) {
      addresses[i] = memory.allocateObject(OBJECTS.get(i));
    }
  }

  /**
   * Sums gradients as autograd's {@code InputBuffer} does: in place if nothing else holds the
   * memory and the elements do not repeat.
   */
  @Override
  public void add(SimulatedBlock next) {
    if (gradient == null) {
      gradient = next;
      return;
    }
    if (!gradient.isUnshared() || gradient.size() < next.size()) {
      long size = Math.max(gradient.size(), next.size());
      SimulatedBlock sum = memory.allocate(SimulatedMemory.Use.VALUES, size);
      gradient.release();
      gradient = sum;
    }
    next.release();
  }

  /** Runs the rule if a gradient has arrived, and frees what the function holds. */
  void run() {
    if (gradient != null) {
      rule.run(gradient);
      gradient.release();
    }
    saved.forEach(SimulatedBlock::release);
    for (long address : addresses) {
      memory.freeObject(address);
    }
  }
}
