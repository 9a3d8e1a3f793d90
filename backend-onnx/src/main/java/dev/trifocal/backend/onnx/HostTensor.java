package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Memory that both Java and ONNX Runtime read and write, initially zero. It is freed when Java no
 * longer refers to it, so it must outlive the tensor.
 */
record HostTensor(Shape shape, FloatBuffer values, OnnxTensor tensor) implements AutoCloseable {
  static HostTensor of(Shape shape) {
    FloatBuffer values =
        ByteBuffer.allocateDirect(Math.toIntExact(shape.elements() * Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return new HostTensor(shape, values, OnnxSessions.tensor(values, shape));
  }

  /** Overwrites all values. */
  void set(Tensor other) {
    values.duplicate().put(other.floats());
  }

  /** Returns a copy of the values. */
  Tensor copy() {
    return Tensor.floats(shape, buffer -> buffer.put(values.duplicate()));
  }

  @Override
  public void close() {
    tensor.close();
  }
}
