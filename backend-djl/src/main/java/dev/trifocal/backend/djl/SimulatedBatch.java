package dev.trifocal.backend.djl;

import dev.trifocal.backend.djl.SimulatedMemory.Use;
import dev.trifocal.tensor.UnusedTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Memory of inputs, labels, dropout masks and results, which Java copies to or from PyTorch. Java
 * frees its own once they are many, as {@link dev.trifocal.backend.SessionProgress} does.
 */
final class SimulatedBatch {
  private final SimulatedMemory memory;

  /** What steps have made on the host and Java has not freed. */
  private final List<SimulatedBlock> onHost = new ArrayList<>();

  private UnusedTensors unused = UnusedTensors.ofResults();

  SimulatedBatch(SimulatedMemory memory) {
    this.memory = memory;
  }

  /** Returns PyTorch's copy of an array that Java has already. */
  SimulatedArray copy(long elements) {
    SimulatedBlock block = memory.allocate(Use.BATCH, elements * SimulatedArray.ELEMENT);
    return new SimulatedArray(block, elements, Optional.empty());
  }

  /** Makes an array in Java's memory that is kept. */
  void makeInput(long elements) {
    memory.allocate(Use.BATCH, elements * SimulatedArray.ELEMENT);
  }

  /** Makes an array in Java's memory that is unused after the step. */
  void make(long elements) {
    SimulatedBlock block = memory.allocate(Use.BATCH, elements * SimulatedArray.ELEMENT);
    onHost.add(block);
    unused.add(block.size());
  }

  /** Begins a step: frees what earlier ones have made if it is much. */
  void beginStep() {
    if (unused.areMany()) {
      onHost.forEach(SimulatedBlock::release);
      onHost.clear();
      unused = UnusedTensors.ofResults();
    }
  }

  /** Returns a dropout mask, which belongs to a tape. */
  SimulatedArray mask(SimulatedTape tape, long elements) {
    make(elements);
    return tape.adopt(copy(elements));
  }
}
