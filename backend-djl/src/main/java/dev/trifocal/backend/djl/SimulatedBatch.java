package dev.trifocal.backend.djl;

import dev.trifocal.backend.djl.SimulatedMemory.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Memory of inputs, labels and dropout masks. They are made by Java and copied to PyTorch; Java
 * frees its own only when it collects garbage, which may be many steps later.
 */
record SimulatedBatch(SimulatedMemory memory, List<SimulatedBlock> onHost) {
  SimulatedBatch(SimulatedMemory memory) {
    this(memory, new ArrayList<>());
  }

  /** Returns PyTorch's copy of an array that Java has already. */
  SimulatedArray copy(long elements) {
    SimulatedBlock block = memory.allocate(Use.BATCH, elements * SimulatedArray.ELEMENT);
    return new SimulatedArray(block, elements, Optional.empty());
  }

  /** Makes an array in Java's memory. */
  void make(long elements) {
    onHost.add(memory.allocate(Use.BATCH, elements * SimulatedArray.ELEMENT));
  }

  /** Returns a dropout mask, which belongs to a tape. */
  SimulatedArray mask(SimulatedTape tape, long elements) {
    make(elements);
    return tape.adopt(copy(elements));
  }
}
