package dev.trifocal.datasets.folder;

import java.nio.file.Path;

/** Where pictures are kept once they have been decoded and made smaller. */
public sealed interface Caching {
  /** As much as a program for training has to spare. */
  long USUAL_BYTES = 1L << 30;

  /** In memory, up to 1 GiB. */
  static Caching memory() {
    return new Memory(USUAL_BYTES);
  }

  /**
   * In memory, as long as there is room; what has no room is decoded each time.
   *
   * @param bytes for all parts of a data set together
   */
  record Memory(long bytes) implements Caching {}

  /**
   * In files, which later runs find again.
   *
   * @param folder made where it is missing
   */
  record Disk(Path folder) implements Caching {}

  /** Nowhere: each picture is decoded anew in each epoch. */
  record None() implements Caching {}
}
