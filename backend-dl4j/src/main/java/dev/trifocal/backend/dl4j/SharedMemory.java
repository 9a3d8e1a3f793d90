package dev.trifocal.backend.dl4j;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Buffers that all lie at the same place, for a step whose operators are not run: memory that is
 * never written takes none from the system.
 */
final class SharedMemory implements PoolMemory {
  private final List<FloatPointer> pointers = new ArrayList<>();
  private long largest;

  @Override
  public DataBuffer allocate(long elements) {
    if (elements > largest) {
      largest = elements;
      pointers.add(new FloatPointer(elements));
    }
    return Nd4j.createBuffer(pointers.get(pointers.size() - 1), elements, DataType.FLOAT);
  }

  @Override
  public void set(DataBuffer buffer, FloatBuffer values) {}

  @Override
  public void free(DataBuffer buffer) {}

  @Override
  public void close() {
    pointers.forEach(FloatPointer::deallocate);
  }
}
