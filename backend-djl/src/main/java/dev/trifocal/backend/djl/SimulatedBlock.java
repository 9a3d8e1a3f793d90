package dev.trifocal.backend.djl;

/** A block of {@link SimulatedMemory}, freed with its last reference. */
final class SimulatedBlock {
  private final SimulatedMemory memory;
  private final SimulatedMemory.Use use;
  private final long size;
  private final long array;
  private final long[] addresses;
  private int references = 1;

  /**
   * @param array its address in the heap of arrays alone
   * @param addresses those of the block and its objects
   */
  SimulatedBlock(
      SimulatedMemory memory, SimulatedMemory.Use use, long size, long array, long... addresses) {
    this.memory = memory;
    this.use = use;
    this.size = size;
    this.array = array;
    this.addresses = addresses.clone();
  }

  SimulatedMemory.Use use() {
    return use;
  }

  /** Returns the size in bytes. */
  long size() {
    return size;
  }

  /** Returns whether there is only one reference. */
  boolean isUnshared() {
    return references == 1;
  }

  /** Adds a reference. */
  SimulatedBlock retain() {
    references++;
    return this;
  }

  void release() {
    references--;
    if (references == 0) {
      memory.free(this, array, addresses);
    }
  }
}
