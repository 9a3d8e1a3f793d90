package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.backend.djl.SimulatedMemory.Use;
import org.junit.jupiter.api.Test;

class SimulatedMemoryTest {
  private static final long ARRAY = 1 << 20;

  private final SimulatedMemory memory = new SimulatedMemory(0);

  @Test
  void theMemoryIsSevenTenthsOfTheWayFromArraysAloneToAll() {
    memory.allocate(Use.VALUES, ARRAY);
    GlibcHeap arrays = new GlibcHeap(0);
    arrays.allocate(ARRAY, 64);
    // The others fit into what aligns the array.
    long objects = 352;
    assertThat(memory.peak() - arrays.peak()).isEqualTo(Math.round(objects * 0.7));
  }

  @Test
  void theLargestSumOfBlocksIsKeptForEachUse() {
    memory.allocate(Use.SLOTS, ARRAY).release();
    memory.allocate(Use.SLOTS, ARRAY / 2);
    assertThat(memory.peak(Use.SLOTS)).isEqualTo(ARRAY);
    assertThat(memory.peak(Use.GRADIENTS)).isZero();
  }
}
