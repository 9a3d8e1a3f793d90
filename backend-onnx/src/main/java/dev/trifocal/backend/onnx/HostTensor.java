package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import dev.trifocal.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Memory that both Java and ONNX Runtime read and write, initially zero. It is freed when Java no
 * longer refers to it, so it must outlive the tensor.
 */
record HostTensor(FloatBuffer values, OnnxTensor tensor) implements AutoCloseable {
  static HostTensor of(Shape shape) {
    FloatBuffer values =
        ByteBuffer.allocateDirect(Math.toIntExact(shape.elements() * Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return new HostTensor(values, OnnxSessions.tensor(values, shape));
  }

  @Override
  public void close() {
    tensor.close();
  }
}
