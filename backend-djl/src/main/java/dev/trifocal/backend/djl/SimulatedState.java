package dev.trifocal.backend.djl;

import dev.trifocal.backend.djl.SimulatedArray.GradientTarget;
import dev.trifocal.backend.djl.SimulatedMemory.Use;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Clipping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link LiveState}, as far as its memory is concerned: weights, gradients and slots. */
final class SimulatedState {
  /** The gradient of a weight, to which later ones are added in place. */
  private static final class WeightGradient implements GradientTarget {
    private SimulatedBlock sum;

    @Override
    public void add(SimulatedBlock gradient) {
      if (sum == null) {
        sum = gradient;
      } else {
        gradient.release();
      }
    }

    Optional<SimulatedBlock> copy(SimulatedMemory memory) {
      return Optional.ofNullable(sum)
          .map(gradient -> memory.allocate(Use.GRADIENTS, gradient.size()));
    }

    long size() {
      return sum == null ? 0 : sum.size();
    }

    void forget() {
      if (sum != null) {
        sum.release();
        sum = null;
      }
    }
  }

  private final SimulatedMemory memory;
  private final Map<String, SimulatedArray> weights = new LinkedHashMap<>();
  private final Map<String, WeightGradient> gradients = new LinkedHashMap<>();
  private final Map<String, SimulatedBlock> sums = new LinkedHashMap<>();

  /** What is freed at the end of an operation. */
  private final List<SimulatedBlock> pending = new ArrayList<>();

  /**
   * Allocates the weights that training starts from, their copies, and slots; Java collects the
   * first before a step.
   *
   * @param all shapes of all tensors of the graph by name
   * @param trained shapes of those that are trained
   * @param slots number of slots per trained tensor
   */
  SimulatedState(
      SimulatedMemory memory, Map<String, Shape> all, Map<String, Shape> trained, int slots) {
    this.memory = memory;
    List<SimulatedBlock> start =
        all.values().stream().map(shape -> allocate(Use.START, shape)).toList();
    trained.keySet().forEach(name -> gradients.put(name, new WeightGradient()));
    all.forEach(
        (name, shape) ->
            weights.put(
                name,
                new SimulatedArray(
                    allocate(Use.WEIGHTS, shape),
                    shape.elements(),
                    Optional.ofNullable(gradients.get(name)))));
    for (int slot = 0; slot < slots; slot++) {
      trained.values().forEach(shape -> allocate(Use.SLOTS, shape));
    }
    start.forEach(SimulatedBlock::release);
  }

  Map<String, SimulatedArray> weights() {
    return weights;
  }

  /** Frees the gradients, as an update in place does at its end; clipping copies them before. */
  void update(Clipping clipping) {
    if (!clipping.equals(new Clipping.None())) {
      List<SimulatedBlock> clipped =
          gradients.values().stream().flatMap(one -> one.copy(memory).stream()).toList();
      clipped.forEach(SimulatedBlock::release);
    }
    gradients.values().forEach(WeightGradient::forget);
  }

  /** Adds the gradients to their sums, each of which a new array replaces, and frees them. */
  void addUp() {
    gradients.forEach(
        (name, gradient) -> {
          if (gradient.size() == 0) {
            return;
          }
          SimulatedBlock scaled = memory.allocate(Use.GRADIENTS, gradient.size());
          SimulatedBlock before = sums.put(name, scaled);
          if (before != null) {
            sums.put(name, memory.allocate(Use.GRADIENTS, gradient.size()));
            pending.add(scaled);
            before.release();
          }
        });
    pending.forEach(SimulatedBlock::release);
    pending.clear();
    gradients.values().forEach(WeightGradient::forget);
  }

  /** Frees the sums after an update with their means, which are arrays of their own. */
  void updateFromSums(Clipping clipping) {
    int copies = clipping.equals(new Clipping.None()) ? 1 : 2;
    for (int copy = 0; copy < copies; copy++) {
      sums.values().forEach(sum -> pending.add(memory.allocate(Use.GRADIENTS, sum.size())));
    }
    pending.forEach(SimulatedBlock::release);
    pending.clear();
    sums.values().forEach(SimulatedBlock::release);
    sums.clear();
  }

  private SimulatedBlock allocate(Use use, Shape shape) {
    return memory.allocate(use, shape.elements() * SimulatedArray.ELEMENT);
  }
}
