package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * State that is passed from step to step: initially host tensors, then results of runs, which stay
 * in the engine's memory, or memory of its own that is updated in place.
 */
final class LiveState implements AutoCloseable {
  private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();

  /** Host tensors, kept reachable because the engine reads their memory. */
  private final Map<String, Tensor> hosts = new LinkedHashMap<>();

  /** The entries that are updated in place. */
  private final Map<String, HostTensor> own = new LinkedHashMap<>();

  LiveState(Map<String, Tensor> start) {
    start.forEach(this::put);
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** Sets one entry of the state from the host. */
  void put(String name, Tensor tensor) {
    remove(name);
    hosts.put(name, tensor);
    tensors.put(name, OnnxSessions.tensor(tensor));
  }

  /** Returns the values of an entry, to be updated in place; copies them on the first call. */
  FloatBuffer values(String name) {
    HostTensor mine = own.get(name);
    if (mine == null) {
      Tensor copied = host(name);
      mine = HostTensor.of(copied.shape());
      mine.values().duplicate().put(copied.floats());
      remove(name);
      own.put(name, mine);
      tensors.put(name, mine.tensor());
    }
    return mine.values();
  }

  Map<String, OnnxTensor> tensors(Set<String> names) {
    Map<String, OnnxTensor> result = new LinkedHashMap<>();
    names.forEach(name -> result.put(name, tensors.get(name)));
    return result;
  }

  /**
   * Takes over the entries that a run changed; the caller remains responsible for its other
   * results.
   */
  void replace(OrtSession.Result result, Set<String> changes) {
    for (String name : changes) {
      OnnxTensor next = (OnnxTensor) result.get(TrainingModel.next(name)).orElseThrow();
      remove(name);
      tensors.put(name, next);
    }
  }

  /** Returns a copy on the host. */
  Tensor host(String name) {
    return OnnxSessions.host(tensors.get(name));
  }

  void remove(String name) {
    OnnxTensor before = tensors.remove(name);
    if (before != null) {
      before.close();
    }
    hosts.remove(name);
    own.remove(name);
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
    tensors.clear();
    hosts.clear();
    own.clear();
  }
}
