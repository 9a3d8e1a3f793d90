package dev.trifocal.backend.dl4j;

import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies data between host tensors and the engine's arrays. */
final class HostTransfer {
  private HostTransfer() {}

  static INDArray array(BufferPool memory, Tensor tensor) {
    INDArray array = memory.take(tensor.shape().toLongs());
    memory.set(array, tensor.floats());
    return array;
  }

  static INDArray array(BufferPool memory, float[] values, long... sizes) {
    INDArray array = memory.take(sizes);
    memory.set(array, FloatBuffer.wrap(values));
    return array;
  }

  static Tensor tensor(INDArray array) {
    Shape shape = Shape.of(Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray());
    return Tensor.floats(shape, buffer -> buffer.put(elements(array)));
  }

  /** Returns the elements of a row-major array; the buffer shares their memory. */
  static FloatBuffer elements(INDArray array) {
    return array.data().asNioFloat().slice(0, Math.toIntExact(array.length()));
  }
}
