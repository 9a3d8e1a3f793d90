package dev.trifocal.backend.djl;

import dev.trifocal.backend.djl.FreeChunks.Chunk;
import java.util.HashMap;
import java.util.Map;

/**
 * The addresses that {@code malloc} of glibc 2.36 gives to blocks, with the settings of the
 * launcher: all of them lie in one heap that is never given back ({@code arena_max}, {@code
 * trim_threshold}), free neighbours are joined at once ({@code tcache_count}, {@code mxfast}), and
 * large blocks that fit nowhere are mapped outside the heap until they are freed ({@code
 * mmap_threshold}). Nothing is allocated; a block is known by its address.
 *
 * <p>glibc aligns by requesting more, {@code _int_memalign}: a chunk that just holds the bytes is
 * not taken, and what is left over at both sides becomes free.
 */
final class GlibcHeap {
  /** The size of the smallest chunk. */
  static final long SMALLEST = 32;

  private static final long GRAIN = 16;
  private static final long HEADER = 8;

  /** The size of blocks that are mapped if they fit nowhere, as the launcher sets it. */
  private static final long MAPPED = 128L << 20;

  /** Where mapped blocks lie, far from the heap. */
  private static final long MAPPINGS = 1L << 60;

  private final FreeChunks chunks = new FreeChunks();
  private final Map<Long, Chunk> used = new HashMap<>();
  private final Map<Long, Long> mappings = new HashMap<>();
  private final long begin;

  /** Where memory that has never been used, or is free again up to the top, begins. */
  private long end;

  /** The largest end so far; what is below stays with the process. */
  private long top;

  private long mapped;
  private long nextMapping = MAPPINGS;
  private long peak;

  /**
   * @param begin address of the first chunk
   */
  GlibcHeap(long begin) {
    this.begin = begin;
    this.end = begin;
    this.top = begin;
  }

  /**
   * Places a block.
   *
   * @param alignment a power of two
   * @return its address
   */
  long allocate(long bytes, long alignment) {
    long needed = chunkSize(bytes);
    if (alignment <= GRAIN) {
      Chunk chunk = take(needed);
      used.put(chunk.start(), chunk);
      return chunk.start();
    }
    Chunk whole = take(chunkSize(needed + alignment + SMALLEST));
    long start = aligned(whole.start(), alignment);
    long rest = whole.end() - start - needed;
    Chunk block = new Chunk(start, rest <= SMALLEST ? needed + rest : needed);
    used.put(start, block);
    if (mappings.containsKey(whole.start())) {
      mappings.put(start, mappings.remove(whole.start()));
      return start;
    }
    free(whole.start(), start);
    free(block.end(), whole.end());
    return start;
  }

  /** Frees a block. */
  void free(long address) {
    Chunk block = used.remove(address);
    Long mapping = mappings.remove(address);
    if (mapping != null) {
      mapped -= mapping;
      return;
    }
    free(block.start(), block.end());
  }

  /** Returns the largest size of the heap and of mapped blocks so far. */
  long peak() {
    return peak;
  }

  private Chunk take(long size) {
    Chunk found = chunks.take(size);
    if (found == null) {
      return size >= MAPPED && end + size > top ? map(size) : extend(size);
    }
    long rest = found.size() - size;
    if (rest < SMALLEST) {
      return found;
    }
    chunks.addRemainder(new Chunk(found.start() + size, rest), size);
    return new Chunk(found.start(), size);
  }

  private Chunk extend(long size) {
    Chunk result = new Chunk(end, size);
    end += size;
    top = Math.max(top, end);
    grow();
    return result;
  }

  private Chunk map(long size) {
    Chunk result = new Chunk(nextMapping, size);
    nextMapping += size;
    mappings.put(result.start(), size);
    mapped += size;
    grow();
    return result;
  }

  private void grow() {
    peak = Math.max(peak, top - begin + mapped);
  }

  /** Returns the first start from which the bytes are aligned and what is before is a chunk. */
  private static long aligned(long start, long alignment) {
    long bytes = start + GRAIN;
    if (bytes % alignment == 0) {
      return start;
    }
    long next = (bytes / alignment + 1) * alignment - GRAIN;
    return next - start < SMALLEST ? next + alignment : next;
  }

  private static long chunkSize(long bytes) {
    return Math.max(SMALLEST, (bytes + HEADER + GRAIN - 1) / GRAIN * GRAIN);
  }

  private void free(long from, long to) {
    if (from == to) {
      return;
    }
    long start = chunks.joinBefore(from);
    if (to == end) {
      end = start;
      return;
    }
    chunks.add(new Chunk(start, chunks.joinAfter(to) - start));
  }
}
