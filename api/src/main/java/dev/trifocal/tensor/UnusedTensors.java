package dev.trifocal.tensor;

/**
 * Tensors that nothing refers to any more. Their memory is native: the garbage collector does not
 * see how much it is, and would leave it for a long time.
 */
public final class UnusedTensors {
  /** The bytes from which on a garbage collection is worth its time. */
  private static final long LARGE = 1 << 20;

  private UnusedTensors() {}

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
}
