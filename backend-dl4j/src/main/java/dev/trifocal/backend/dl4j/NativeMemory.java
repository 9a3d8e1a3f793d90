package dev.trifocal.backend.dl4j;

import java.nio.FloatBuffer;
import java.util.IdentityHashMap;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Buffers over JavaCPP memory, because closing ND4J's own buffers does not free memory. */
final class NativeMemory implements PoolMemory {
  private final IdentityHashMap<DataBuffer, FloatPointer> pointers = new IdentityHashMap<>();

  @Override
  public DataBuffer allocate(long elements) {
    FloatPointer pointer = new FloatPointer(elements);
    DataBuffer buffer = Nd4j.createBuffer(pointer, elements, DataType.FLOAT);
    pointers.put(buffer, pointer);
    return buffer;
  }

  @Override
  public void set(DataBuffer buffer, FloatBuffer values) {
    buffer.asNioFloat().put(values);
  }

  @Override
  public void free(DataBuffer buffer) {
    buffer.close();
    pointers.remove(buffer).deallocate();
  }

  @Override
  public void close() {}
}
