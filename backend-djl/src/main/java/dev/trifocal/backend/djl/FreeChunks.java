package dev.trifocal.backend.djl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The free chunks of a heap of glibc, {@code _int_malloc} in its {@code malloc.c}: what was freed
 * last waits in the order in which it was freed, and is sorted by size when a request passes it by.
 */
final class FreeChunks {
  /**
   * A chunk.
   *
   * @param start its address
   * @param size in bytes
   */
  record Chunk(long start, long size) {
    long end() {
      return start + size;
    }
  }

  /** Requests below this size take chunks from what an earlier one left of a chunk. */
  private static final long LARGE = 1024;

  private static final long NONE = -1;

  private final Map<Long, Chunk> byStart = new HashMap<>();
  private final Map<Long, Chunk> byEnd = new HashMap<>();

  /** From the one that was freed first. */
  private final Map<Long, Chunk> unsorted = new LinkedHashMap<>();

  /** Those of one size, in the order of their list. */
  private final TreeMap<Long, List<Chunk>> sorted = new TreeMap<>();

  private long lastRemainder = NONE;

  /** Adds a chunk that has just been freed, and that has no free neighbours. */
  void add(Chunk chunk) {
    byStart.put(chunk.start(), chunk);
    byEnd.put(chunk.end(), chunk);
    unsorted.put(chunk.start(), chunk);
  }

  /** Removes the chunk that ends at an address, and returns its start; the address if none does. */
  long joinBefore(long address) {
    Chunk before = byEnd.get(address);
    if (before == null) {
      return address;
    }
    remove(before);
    return before.start();
  }

  /** Removes the chunk that starts at an address, and returns its end; the address if none does. */
  long joinAfter(long address) {
    Chunk after = byStart.get(address);
    if (after == null) {
      return address;
    }
    remove(after);
    return after.end();
  }

  /**
   * Removes the chunk that a request gets, of which the caller gives back what it does not need.
   *
   * @return null if none is large enough
   */
  Chunk take(long size) {
    if (size < LARGE && sorted.containsKey(size)) {
      return removed(last(sorted.get(size)));
    }
    while (!unsorted.isEmpty()) {
      Chunk oldest = unsorted.values().iterator().next();
      boolean next = size < LARGE && unsorted.size() == 1 && oldest.start() == lastRemainder;
      if (oldest.size() == size || next && oldest.size() > size + GlibcHeap.SMALLEST) {
        return removed(oldest);
      }
      sort(oldest);
    }
    Map.Entry<Long, List<Chunk>> fit = sorted.ceilingEntry(size);
    if (fit == null) {
      return null;
    }
    List<Chunk> chunks = fit.getValue();
    boolean sameBin = size >= LARGE && bin(fit.getKey()) == bin(size);
    return removed(sameBin ? chunks.get(Math.min(1, chunks.size() - 1)) : last(chunks));
  }

  /** Adds what is left of a chunk of which a request has taken the front. */
  void addRemainder(Chunk chunk, long requested) {
    add(chunk);
    if (requested < LARGE) {
      lastRemainder = chunk.start();
    }
  }

  private Chunk removed(Chunk chunk) {
    remove(chunk);
    return chunk;
  }

  private void remove(Chunk chunk) {
    byStart.remove(chunk.start());
    byEnd.remove(chunk.end());
    if (unsorted.remove(chunk.start()) == null) {
      List<Chunk> same = sorted.get(chunk.size());
      same.remove(chunk);
      if (same.isEmpty()) {
        sorted.remove(chunk.size());
      }
    }
  }

  /** Large chunks stand behind the first of their size, so that it stays where it is. */
  private void sort(Chunk chunk) {
    unsorted.remove(chunk.start());
    List<Chunk> same = sorted.computeIfAbsent(chunk.size(), size -> new ArrayList<>());
    same.add(chunk.size() < LARGE || same.isEmpty() ? 0 : 1, chunk);
  }

  private static Chunk last(List<Chunk> chunks) {
    return chunks.get(chunks.size() - 1);
  }

  /** The number of the list that chunks of a size stand in, {@code largebin_index_64}. */
  private static long bin(long size) {
    if (size >> 6 <= 48) {
      return 48 + (size >> 6);
    }
    if (size >> 9 <= 20) {
      return 91 + (size >> 9);
    }
    if (size >> 12 <= 10) {
      return 110 + (size >> 12);
    }
    if (size >> 15 <= 4) {
      return 119 + (size >> 15);
    }
    return Math.min(126, 124 + (size >> 18));
  }
}
