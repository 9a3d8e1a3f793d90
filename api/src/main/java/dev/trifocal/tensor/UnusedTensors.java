package dev.trifocal.tensor;

import java.util.Collection;

/**
 * Tensors that nothing refers to any more. Their memory is native: the garbage collector does not
 * see how much it is, and would leave it for a long time.
 */
public final class UnusedTensors {
  /** The bytes from which on a garbage collection is worth its time. */
  private static final long LARGE = 1 << 20;

  /** The bytes of results that are worth it; what has such large results takes longer than it. */
  private static final long MANY_RESULTS = 32L << 20;

  /** The bytes of batches that are worth it; small networks read as many in a second. */
  private static final long MANY_BATCHES = 128L << 20;

  private final long enough;
  private long bytes;

  private UnusedTensors(long enough) {
    this.enough = enough;
  }

  /** Returns a count of the tensors that steps make: results and encoded labels. */
  public static UnusedTensors ofResults() {
    return new UnusedTensors(MANY_RESULTS);
  }

  /** Returns a count of the batches that a loop has read. */
  public static UnusedTensors ofBatches() {
    return new UnusedTensors(MANY_BATCHES);
  }

  /**
   * Frees their memory, if that is worth a garbage collection.
   *
   * @param bytes about how much it is
   */
  public static void free(long bytes) {
    if (bytes >= LARGE) {
      System.gc();
    }
  }

  /** Counts tensors that nothing refers to from the next {@link #freeIfMany} on. */
  public void add(Collection<Tensor> tensors) {
    tensors.forEach(tensor -> add(tensor.byteCount()));
  }

  /**
   * Counts tensors that nothing refers to from the next {@link #freeIfMany} on.
   *
   * @param size their size in bytes
   */
  public void add(long size) {
    bytes += size;
  }

  /** Returns whether the counted tensors are worth a garbage collection. */
  public boolean areMany() {
    return bytes >= enough;
  }

  /** Frees the memory of the counted tensors if they are many. */
  public void freeIfMany() {
    if (areMany()) {
      free(bytes);
      bytes = 0;
    }
  }
}
