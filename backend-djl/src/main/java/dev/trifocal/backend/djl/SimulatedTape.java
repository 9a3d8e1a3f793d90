package dev.trifocal.backend.djl;

import dev.trifocal.backend.djl.SimulatedMemory.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Results of operators and the functions that autograd records for them. What is saved for the
 * backward pass, and what a backward pass allocates, are those of PyTorch's {@code
 * derivatives.yaml} and its CPU kernels.
 */
final class SimulatedTape {
  private final SimulatedMemory memory;
  private final SimulatedPrimitives primitives;
  private final List<SimulatedFunction> functions = new ArrayList<>();
  private final List<SimulatedBlock> made = new ArrayList<>();

  SimulatedTape(SimulatedMemory memory, SimulatedPrimitives primitives) {
    this.memory = memory;
    this.primitives = primitives;
  }

  SimulatedPrimitives primitives() {
    return primitives;
  }

  /** Returns new memory, whose reference the caller has to release. */
  SimulatedBlock block(long size) {
    return memory.allocate(Use.VALUES, size);
  }

  /** Returns memory for the gradient of an array, whose reference the caller has to release. */
  SimulatedBlock gradient(SimulatedArray array) {
    Use use = array.block().use() == Use.WEIGHTS ? Use.GRADIENTS : Use.VALUES;
    return memory.allocate(use, array.size());
  }

  /** Allocates temporary memory and frees it again. */
  void workspace(long size) {
    block(size).release();
  }

  /** Returns a new array that nothing is known about, such as constants. */
  SimulatedArray constant(long elements) {
    return new SimulatedArray(
        owned(block(elements * SimulatedArray.ELEMENT)), elements, Optional.empty());
  }

  /** Takes over the reference of an array. */
  SimulatedArray adopt(SimulatedArray array) {
    owned(array.block());
    return array;
  }

  /** Returns an array of another size in the same memory, with the same gradient. */
  SimulatedArray view(SimulatedArray array, long elements) {
    return result(array.block().retain(), elements, List.of(array), List.of(), pass(array));
  }

  /** Returns a rule that gives the gradient to each input as it is. */
  SimulatedFunction.Rule pass(SimulatedArray... inputs) {
    return gradient ->
        Arrays.stream(inputs)
            .flatMap(input -> input.target().stream())
            .forEach(target -> target.add(gradient.retain()));
  }

  /** Returns a rule that gives each input a new gradient. */
  SimulatedFunction.Rule fresh(SimulatedArray... inputs) {
    return gradient -> {
      for (SimulatedArray input : inputs) {
        input.target().ifPresent(target -> target.add(gradient(input)));
      }
    };
  }

  /** Returns an array in new memory. */
  SimulatedArray result(
      long elements,
      List<SimulatedArray> inputs,
      List<SimulatedBlock> saved,
      SimulatedFunction.Rule rule) {
    return result(block(elements * SimulatedArray.ELEMENT), elements, inputs, saved, rule);
  }

  /**
   * Returns an array and records its function, if an input needs a gradient.
   *
   * @param block memory, whose reference the array takes over
   * @param saved memory that the function keeps
   */
  SimulatedArray result(
      SimulatedBlock block,
      long elements,
      List<SimulatedArray> inputs,
      List<SimulatedBlock> saved,
      SimulatedFunction.Rule rule) {
    owned(block);
    if (inputs.stream().noneMatch(SimulatedArray::needsGradient)) {
      return new SimulatedArray(block, elements, Optional.empty());
    }
    saved.forEach(SimulatedBlock::retain);
    SimulatedFunction function = new SimulatedFunction(memory, saved, rule);
    functions.add(function);
    return new SimulatedArray(block, elements, Optional.of(function));
  }

  /** Frees all arrays that have been made since the last call, except one. */
  SimulatedArray keep(SimulatedArray kept) {
    kept.block().retain();
    made.forEach(SimulatedBlock::release);
    made.clear();
    return kept;
  }

  /** Runs all functions in the reverse order of their records. */
  void backward(SimulatedArray loss) {
    loss.target().ifPresent(target -> target.add(block(loss.size())));
    for (int i = functions.size() - 1; i >= 0; i--) {
      functions.get(i).run();
    }
    functions.clear();
  }

  private SimulatedBlock owned(SimulatedBlock block) {
    made.add(block);
    return block;
  }
}
