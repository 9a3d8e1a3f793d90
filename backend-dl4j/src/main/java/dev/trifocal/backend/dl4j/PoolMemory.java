package dev.trifocal.backend.dl4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataBuffer;

/** Where a {@link BufferPool} has its buffers from. */
interface PoolMemory extends AutoCloseable {
  /** Returns a new buffer with undefined contents. */
  DataBuffer allocate(long elements);

  /** Sets the first elements of a buffer. */
  void set(DataBuffer buffer, FloatBuffer values);

  void free(DataBuffer buffer);

  /** Frees what is not part of a buffer. */
  @Override
  void close();
}
