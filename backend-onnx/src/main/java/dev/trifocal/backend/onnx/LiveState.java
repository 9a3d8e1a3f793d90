package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * State that is passed from step to step: memory of its own that is updated in place, host tensors,
 * or results of runs, which stay in the engine's memory.
 */
final class LiveState implements AutoCloseable {
  private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();

  /** Host tensors, kept reachable because the engine reads their memory. */
  private final Map<String, Tensor> hosts = new LinkedHashMap<>();

  /** The entries that are updated in place. */
  private final Map<String, HostTensor> own = new LinkedHashMap<>();

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** Sets one entry of the state from the host. */
  void put(String name, Tensor tensor) {
    remove(name);
    hosts.put(name, tensor);
    tensors.put(name, OnnxSessions.tensor(tensor));
  }

  /** Sets one entry of the state to a copy in its own memory. */
  void own(String name, Shape shape, Tensor values) {
    own(name, shape).duplicate().put(values.floats());
  }

  /** Sets one entry of the state to zero, in its own memory. */
  FloatBuffer own(String name, Shape shape) {
    remove(name);
    HostTensor mine = HostTensor.of(shape);
    own.put(name, mine);
    tensors.put(name, mine.tensor());
    return mine.values();
  }

  /** Returns the values of an entry, to be updated in place; copies them on the first call. */
  FloatBuffer values(String name) {
    if (!own.containsKey(name)) {
      Tensor copied = host(name);
      own(name, copied.shape(), copied);
    }
    return own.get(name).values();
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
