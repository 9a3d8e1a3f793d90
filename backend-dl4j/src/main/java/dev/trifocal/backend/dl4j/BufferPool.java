package dev.trifocal.backend.dl4j;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Holds all float32 arrays of a session. Released buffers are reused for arrays of the same number
 * of elements, because allocating memory costs more than most operators. Buffers are
 * reference-counted by owner rather than garbage-collected; views share the buffer of their array.
 */
final class BufferPool implements AutoCloseable {
  private final PoolMemory source;
  private final Map<Long, Deque<DataBuffer>> free = new HashMap<>();
  private final IdentityHashMap<DataBuffer, Integer> owners = new IdentityHashMap<>();
  private final Set<DataBuffer> all = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<DataBuffer> used = Collections.newSetFromMap(new IdentityHashMap<>());

  BufferPool() {
    this(new NativeMemory());
  }

  BufferPool(PoolMemory source) {
    this.source = source;
  }

  /** Returns a row-major array with one owner and undefined contents. */
  INDArray take(long... sizes) {
    long elements = 1;
    for (long size : sizes) {
      elements *= size;
    }
    Deque<DataBuffer> fitting = free.get(elements);
    DataBuffer buffer = fitting == null || fitting.isEmpty() ? buffer(elements) : fitting.pop();
    owners.put(buffer, 1);
    used.add(buffer);
    return Nd4j.create(buffer, sizes, Nd4j.getStrides(sizes, 'c'), 0, 'c');
  }

  /** Adds an owner to an array and returns it. */
  INDArray share(INDArray array) {
    owners.put(array.data(), ownersOf(array) + 1);
    return array;
  }

  /** Removes an owner from an array, and frees the memory if it was the last one. */
  void release(INDArray array) {
    int left = ownersOf(array) - 1;
    if (left == 0) {
      free(array.data());
    } else {
      owners.put(array.data(), left);
    }
  }

  /**
   * Ends a run: frees all arrays except {@code kept}, regardless of their owners, and returns free
   * memory that the run did not use to the system.
   */
  void settle(Collection<INDArray> kept) {
    Set<DataBuffer> stay = Collections.newSetFromMap(new IdentityHashMap<>());
    kept.forEach(array -> stay.add(array.data()));
    List<DataBuffer> taken = new ArrayList<>(owners.keySet());
    taken.stream().filter(buffer -> !stay.contains(buffer)).forEach(this::free);
    for (Long size : new HashSet<>(free.keySet())) {
      free.get(size).removeIf(buffer -> !used.contains(buffer) && returned(buffer));
      free.computeIfPresent(size, (key, buffers) -> buffers.isEmpty() ? null : buffers);
    }
    used.clear();
  }

  /** Returns the number of elements of all buffers, used and free. */
  long elements() {
    return all.stream().mapToLong(DataBuffer::length).sum();
  }

  /** Sets the elements of a row-major array. */
  void set(INDArray array, FloatBuffer values) {
    source.set(array.data(), values);
  }

  @Override
  public void close() {
    List.copyOf(all).forEach(this::returned);
    source.close();
    owners.clear();
    free.clear();
    used.clear();
  }

  private int ownersOf(INDArray array) {
    Integer count = owners.get(array.data());
    if (count == null) {
      throw new IllegalStateException(
          "array of %s does not belong to this pool or is already free"
              .formatted(java.util.Arrays.toString(array.shape())));
    }
    return count;
  }

  private void free(DataBuffer buffer) {
    owners.remove(buffer);
    free.computeIfAbsent(buffer.length(), size -> new ArrayDeque<>()).push(buffer);
  }

  private DataBuffer buffer(long elements) {
    DataBuffer buffer = source.allocate(elements);
    all.add(buffer);
    return buffer;
  }

  private boolean returned(DataBuffer buffer) {
    all.remove(buffer);
    source.free(buffer);
    return true;
  }
}
