package dev.trifocal.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GlibcHeapTest {
  private static final long PAGE = 4096;
  private static final long LARGE = 128L << 20;

  private final GlibcHeap heap = new GlibcHeap(0);

  @Test
  void takesTheSmallestGapThatIsLargeEnough() {
    long large = heap.allocate(4000, 1);
    heap.allocate(100, 1);
    long small = heap.allocate(2000, 1);
    heap.allocate(100, 1);
    heap.free(large);
    heap.free(small);

    assertThat(heap.allocate(1900, 1)).isEqualTo(small);
    assertThat(heap.allocate(1900, 1)).isEqualTo(large);
  }

  @Test
  void joinsGapsThatAreNeighbours() {
    long first = heap.allocate(1000, 1);
    long second = heap.allocate(1000, 1);
    long third = heap.allocate(1000, 1);
    heap.allocate(100, 1);
    heap.free(first);
    heap.free(third);
    heap.free(second);

    assertThat(heap.allocate(3000, 1)).isEqualTo(first);
  }

  @Test
  void givesTheEndBack() {
    heap.free(heap.allocate(1000, 1));
    heap.allocate(2000, 1);

    assertThat(heap.peak()).isEqualTo(2016);
  }

  @Test
  void doesNotPlaceAnAlignedBlockWhereOneOfItsSizeJustFits() {
    long block = heap.allocate(8000, PAGE);
    heap.allocate(2 * PAGE, 1);
    heap.free(block);
    // What alignment left over before is used up, so that the gap has the block's size.
    heap.allocate(block - 8, 1);

    assertThat(heap.allocate(8000, PAGE)).isNotEqualTo(block);
  }

  @Test
  void mapsALargeBlockThatFitsNowhereUntilItIsFreed() {
    heap.allocate(1000, 1);
    long mapped = heap.allocate(LARGE, 1);
    heap.free(mapped);
    heap.allocate(LARGE + PAGE, PAGE);

    assertThat(heap.peak()).isBetween(LARGE, LARGE + 4 * PAGE);
  }

  @Test
  void placesALargeBlockInAGap() {
    long parts = heap.allocate(LARGE - 1000, 1);
    long next = heap.allocate(1000, 1);
    heap.allocate(1000, 1);
    heap.free(parts);
    heap.free(next);

    assertThat(heap.allocate(LARGE, 1)).isEqualTo(parts);
  }

  @Test
  void placesALargeBlockInFreedMemoryAtTheEnd() {
    long parts = heap.allocate(LARGE - 1000, 1);
    heap.free(heap.allocate(2000, 1));
    heap.free(parts);

    assertThat(heap.allocate(LARGE, 1)).isEqualTo(parts);
  }

  @Test
  void countsTheHeapBesideMappedBlocks() {
    long mapped = heap.allocate(LARGE, 1);
    heap.allocate(LARGE / 2, 1);
    heap.free(mapped);
    heap.allocate(LARGE / 4, 1);

    assertThat(heap.peak()).isBetween(LARGE * 3 / 2, LARGE * 3 / 2 + PAGE);
  }
}
