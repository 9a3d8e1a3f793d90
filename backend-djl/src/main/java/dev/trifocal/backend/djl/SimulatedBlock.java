package dev.trifocal.backend.djl;

/** A block of {@link SimulatedMemory}, freed with its last reference. */
final class SimulatedBlock {
  private final SimulatedMemory memory;
  private final SimulatedMemory.Use use;
  private final long size;
  private final long[] addresses;
  private int references = 1;

  SimulatedBlock(SimulatedMemory memory, SimulatedMemory.Use use, long size, long... addresses) {
    this.memory = memory;
    this.use = use;
    this.size = size;
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
      memory.free(this, addresses);
    }
  }
}
