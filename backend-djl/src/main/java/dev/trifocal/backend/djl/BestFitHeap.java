package dev.trifocal.backend.djl;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The addresses that {@code malloc} of glibc gives to blocks when all of them lie in one heap that
 * is never given back ({@code arena_max=1}, {@code trim_threshold}): the smallest free chunk that
 * is large enough, or new memory at the end. Free neighbours are joined. Large blocks that fit
 * nowhere are mapped outside the heap until they are freed ({@code mmap_threshold}). Nothing is
 * allocated; a block is known by its address.
 *
 * <p>glibc aligns by requesting more, {@code posix_memalign} in its {@code malloc.c}: a chunk that
 * just holds the bytes is not taken, and what is left over at both sides becomes free. Caches of
 * small chunks ({@code tcache}) are left out: how full they are depends on all that ran before, and
 * predictions for most networks were worse with empty ones.
 */
final class BestFitHeap {
  private static final long GRAIN = 16;
  private static final long SMALLEST = 32;
  private static final long HEADER = 8;

  /** The size of blocks that are mapped if they fit nowhere, as the launcher sets it. */
  private static final long MAPPED = 128L << 20;

  /** Where mapped blocks lie, far from the heap. */
  private static final long MAPPINGS = 1L << 60;

  private record Chunk(long start, long size) {
    long end() {
      return start + size;
    }
  }

  private final TreeSet<Chunk> bySize =
      new TreeSet<>(Comparator.comparingLong(Chunk::size).thenComparingLong(Chunk::start));
  private final TreeMap<Long, Chunk> byStart = new TreeMap<>();
  private final Map<Long, Chunk> used = new HashMap<>();
  private final long begin;
  private final Map<Long, Long> mappings = new HashMap<>();
  private long end;

  /** The largest end so far; what is below stays with the process. */
  private long top;

  private long mapped;
  private long nextMapping = MAPPINGS;
  private long peak;

  /**
   * @param begin address of the first chunk
   */
  BestFitHeap(long begin) {
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
    long searched = alignment <= GRAIN ? needed : chunkSize(needed + alignment + SMALLEST);
    if (searched >= MAPPED
        && end + searched > top
        && bySize.ceiling(new Chunk(0, searched)) == null) {
      return map(searched);
    }
    Chunk whole = take(searched);
    long start = aligned(whole.start(), alignment);
    free(whole.start(), start);
    long rest = whole.end() - start - needed;
    Chunk block = new Chunk(start, rest < SMALLEST ? needed + rest : needed);
    free(block.end(), whole.end());
    used.put(start, block);
    return start;
  }

  /** Frees a block. */
  void free(long address) {
    Long mapping = mappings.remove(address);
    if (mapping != null) {
      mapped -= mapping;
      return;
    }
    Chunk block = used.remove(address);
    free(block.start(), block.end());
  }

  /** Returns the largest size of the heap and of mapped blocks so far. */
  long peak() {
    return peak;
  }

  private long map(long size) {
    long address = nextMapping;
    nextMapping += size;
    mappings.put(address, size);
    mapped += size;
    grow();
    return address;
  }

  private void grow() {
    top = Math.max(top, end);
    peak = Math.max(peak, top - begin + mapped);
  }

  private Chunk take(long size) {
    Chunk fit = bySize.ceiling(new Chunk(0, size));
    if (fit == null) {
      Chunk fresh = new Chunk(end, size);
      end += size;
      grow();
      return fresh;
    }
    remove(fit);
    long rest = fit.size() - size;
    if (rest < SMALLEST) {
      return fit;
    }
    add(new Chunk(fit.start() + size, rest));
    return new Chunk(fit.start(), size);
  }

  /** Returns the first start from which the bytes are aligned and what is before is a chunk. */
  private static long aligned(long start, long alignment) {
    long bytes = start + GRAIN;
    if (alignment <= GRAIN || bytes % alignment == 0) {
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
    long start = from;
    long stop = to;
    Map.Entry<Long, Chunk> before = byStart.lowerEntry(from);
    if (before != null && before.getValue().end() == from) {
      start = before.getKey();
      remove(before.getValue());
    }
    Chunk after = byStart.get(to);
    if (after != null) {
      stop = after.end();
      remove(after);
    }
    if (stop == end) {
      end = start;
    } else {
      add(new Chunk(start, stop - start));
    }
  }

  private void add(Chunk chunk) {
    bySize.add(chunk);
    byStart.put(chunk.start(), chunk);
  }

  private void remove(Chunk chunk) {
    bySize.remove(chunk);
    byStart.remove(chunk.start());
  }
}
