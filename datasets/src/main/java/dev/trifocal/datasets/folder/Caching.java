package dev.trifocal.datasets.folder;

import java.nio.file.Path;

/** Where decoded and resized images are cached. */
public sealed interface Caching {
  /** The default size of the memory cache, 1 GiB. */
  long USUAL_BYTES = 1L << 30;

  /** Returns a memory cache of up to 1 GiB. */
  static Caching memory() {
    return new Memory(USUAL_BYTES);
  }

  /**
   * Caches in memory up to a limit; images beyond it are decoded each time.
   *
   * @param bytes the limit for all splits of a data set together
   */
  record Memory(long bytes) implements Caching {}

  /**
   * Caches in files, which later runs reuse.
   *
   * @param folder the folder, created if missing
   */
  record Disk(Path folder) implements Caching {}

  /** Does not cache: each image is decoded in each epoch. */
  record None() implements Caching {}
}
