package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A host tensor that ONNX Runtime writes itself. Left to allocate an output, it hands it over as a
 * copy on the heap, which would be copied once more.
 *
 * @param values the tensor; complete once the run has returned
 * @param target its memory, for ONNX Runtime
 */
record OutputTensor(Tensor values, OnnxTensor target) {
  static OutputTensor of(Shape shape) {
    AtomicReference<FloatBuffer> memory = new AtomicReference<>();
    Tensor values = Tensor.floats(shape, memory::set);
    return new OutputTensor(values, OnnxSessions.tensor(memory.get(), shape));
  }
}
