package dev.trifocal.backend.djl;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Memory of arrays that are not there: what PyTorch would request from {@code malloc}, and when it
 * would free it.
 *
 * <p>Each array brings small objects of the engine. Where they lie decides which gaps later arrays
 * fit into, and that differs from run to run: some fill gaps that Java's threads have left. So
 * there are two heaps, one of which has no objects, and the memory is between both.
 */
final class SimulatedMemory {
  /** What a block is for. */
  enum Use {
    /** The weights that training starts from, in Java's memory. */
    START,
    WEIGHTS,
    SLOTS,
    GRADIENTS,
    BATCH,
    VALUES
  }

  /** PyTorch aligns large blocks to pages, and others to {@code c10::gAlignment}. */
  private static final long PAGE = 4096;

  private static final long CACHE_LINE = 64;

  /** The size from which {@code c10::alloc_cpu} requests huge pages. */
  private static final long LARGE = 2 << 20;

  /**
   * The sizes of {@code c10::TensorImpl}, {@code c10::StorageImpl} and the vectors and handles that
   * belong to an array, logged in calls of {@code malloc}.
   */
  private static final List<Long> OBJECTS = List.of(192L, 96L, 24L, 24L, 16L, 16L);

  /**
   * How far the memory is from that without objects to that with them: fitted to the measured
   * memory of eleven networks at two batch sizes in a fresh clone, {@code benchmarks/step-memory}.
   */
  private static final double OBJECTS_SHARE = 0.7;

  private final GlibcHeap arrays;
  private final GlibcHeap heap;
  private final Map<Use, Long> bytes = new EnumMap<>(Use.class);
  private final Map<Use, Long> peaks = new EnumMap<>(Use.class);

  /**
   * @param begin address at which the heap begins
   */
  SimulatedMemory(long begin) {
    this.arrays = new GlibcHeap(begin);
    this.heap = new GlibcHeap(begin);
  }

  /** Returns a new block with one reference. */
  SimulatedBlock allocate(Use use, long size) {
    long alignment = size >= LARGE ? PAGE : CACHE_LINE;
    long[] addresses = new long[OBJECTS.size() + 1];
    addresses[0] = heap.allocate(size, alignment);
    for (int i = 0; i < OBJECTS.size(); i++) {
      addresses[i + 1] = heap.allocate(OBJECTS.get(i), 1);
    }
    count(use, size);
    return new SimulatedBlock(this, use, size, arrays.allocate(size, alignment), addresses);
  }

  /** Returns a block for objects of the engine, which count as no use. */
  long allocateObject(long size) {
    return heap.allocate(size, 1);
  }

  void freeObject(long address) {
    heap.free(address);
  }

  /**
   * Frees a block without references.
   *
   * @param array its address in the heap of arrays alone
   * @param addresses those of the block and its objects
   */
  void free(SimulatedBlock block, long array, long... addresses) {
    arrays.free(array);
    for (long address : addresses) {
      heap.free(address);
    }
    count(block.use(), -block.size());
  }

  /** Returns the largest sum of the blocks for one use. */
  long peak(Use use) {
    return peaks.getOrDefault(use, 0L);
  }

  /** Returns the largest size of the heap. */
  long peak() {
    return arrays.peak() + Math.round(OBJECTS_SHARE * (heap.peak() - arrays.peak()));
  }

  private void count(Use use, long change) {
    long now = bytes.merge(use, change, Long::sum);
    peaks.merge(use, now, Math::max);
  }
}
