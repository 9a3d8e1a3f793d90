package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.trifocal.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a step reads and the next step reads anew: at first host tensors, afterwards the results of
 * the last run, which stay in the engine's memory.
 */
final class LiveState implements AutoCloseable {
  private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
  private final Map<String, Tensor> origins;
  private OrtSession.Result last;

  /**
   * @param origins kept, because the engine reads their memory
   */
  LiveState(Map<String, Tensor> origins) {
    this.origins = new LinkedHashMap<>(origins);
    origins.forEach((name, tensor) -> tensors.put(name, OnnxSessions.tensor(tensor)));
  }

  Map<String, OnnxTensor> tensors() {
    return tensors;
  }

  /** Takes over the state in the results of a run, and lets go of what was before. */
  void replace(OrtSession.Result result) {
    release();
    tensors.replaceAll(
        (name, old) -> (OnnxTensor) result.get(TrainingModel.next(name)).orElseThrow());
    last = result;
  }

  /** A copy on the host. */
  Tensor host(String name) {
    return OnnxSessions.host(tensors.get(name));
  }

  @Override
  public void close() {
    release();
    last = null;
  }

  private void release() {
    if (last != null) {
      last.close();
    } else {
      tensors.values().forEach(OnnxTensor::close);
      origins.clear();
    }
  }
}
