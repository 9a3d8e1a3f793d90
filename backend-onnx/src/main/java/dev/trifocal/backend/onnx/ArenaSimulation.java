package dev.trifocal.backend.onnx;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * What ONNX Runtime's arena ({@code BFCArena}) takes from the system for a sequence of allocations:
 * regions that double in size, of which each allocation gets the smallest free piece that is large
 * enough. Memory counts once it has been part of an allocation.
 */
final class ArenaSimulation {
  private static final long ALIGNMENT = 256;
  private static final long FIRST_REGION = 1L << 20;
  private static final long LARGEST_DOUBLED_REGION = 1L << 30;

  /** A piece with at least this much more than was asked for is split, however large it is. */
  private static final long MOST_UNUSED = 128L << 20;

  /** The size of the pages that the launcher asks Linux for. */
  private static final int PAGE = 1 << 21;

  private final TreeSet<Piece> free =
      new TreeSet<>(
          Comparator.comparingLong((Piece piece) -> piece.size)
              .thenComparingInt(piece -> piece.region)
              .thenComparingLong(piece -> piece.offset));

  private final List<BitSet> touched = new ArrayList<>();
  private long nextRegion = FIRST_REGION;
  private long live;
  private long peak;

  /** A contiguous part of a region, which its neighbours adjoin. */
  static final class Piece {
    private final int region;
    private final long offset;
    private long size;
    private long used;
    private boolean isFree;
    private Piece before;
    private Piece after;

    private Piece(int region, long offset, long size) {
      this.region = region;
      this.offset = offset;
      this.size = size;
    }
  }

  /** Allocates memory. */
  Piece allocate(long bytes) {
    long size = Math.max(ALIGNMENT, (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Piece piece = smallestFree(size);
    if (piece == null) {
      addRegion(size);
      piece = smallestFree(size);
    }
    free.remove(piece);
    piece.isFree = false;
    if (piece.size >= 2 * size || piece.size - size >= MOST_UNUSED) {
      split(piece, size);
    }
    piece.used = bytes;
    touched
        .get(piece.region)
        .set((int) (piece.offset / PAGE), (int) ((piece.offset + size + PAGE - 1) / PAGE));
    live += bytes;
    peak = Math.max(peak, live);
    return piece;
  }

  /** Frees memory. */
  void free(Piece piece) {
    live -= piece.used;
    Piece whole = piece;
    if (whole.after != null && whole.after.isFree) {
      free.remove(whole.after);
      merge(whole, whole.after);
    }
    if (whole.before != null && whole.before.isFree) {
      whole = whole.before;
      free.remove(whole);
      merge(whole, whole.after);
    }
    whole.isFree = true;
    free.add(whole);
  }

  /** Returns the largest sum of allocations so far, in bytes. */
  long peak() {
    return peak;
  }

  /** Returns the resident memory, in bytes. */
  long resident() {
    return touched.stream().mapToLong(BitSet::cardinality).sum() * PAGE;
  }

  private Piece smallestFree(long size) {
    return free.ceiling(new Piece(0, 0, size));
  }

  private void addRegion(long size) {
    boolean grown = size > nextRegion;
    while (size > nextRegion) {
      nextRegion *= 2;
    }
    Piece region = new Piece(touched.size(), 0, nextRegion);
    region.isFree = true;
    free.add(region);
    touched.add(new BitSet());
    if (!grown) {
      nextRegion = Math.min(2 * nextRegion, Math.max(nextRegion, LARGEST_DOUBLED_REGION));
    }
  }

  private void split(Piece piece, long size) {
    Piece rest = new Piece(piece.region, piece.offset + size, piece.size - size);
    rest.before = piece;
    rest.after = piece.after;
    if (rest.after != null) {
      rest.after.before = rest;
    }
    piece.after = rest;
    piece.size = size;
    rest.isFree = true;
    free.add(rest);
  }

  private static void merge(Piece piece, Piece next) {
    piece.size += next.size;
    piece.after = next.after;
    if (piece.after != null) {
      piece.after.before = piece;
    }
  }
}
