package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * State that is passed from step to step, in memory of its own. A run writes what it changes to a
 * second tensor, which then changes places with the first. Results in ONNX Runtime's arena would
 * stay there from run to run and split its free memory.
 */
final class LiveState implements AutoCloseable {
  private final Map<String, HostTensor> entries = new LinkedHashMap<>();

  /** What the next run writes the entries to that it changes. */
  private final Map<String, HostTensor> targets = new HashMap<>();

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** Adds an entry with all values zero, or sets its values to zero. */
  void clear(String name, Shape shape) {
    if (has(name)) {
      FloatBuffer values = values(name);
      for (int i = 0; i < values.capacity(); i++) {
        values.put(i, 0);
      }
    } else {
      entries.put(name, HostTensor.of(shape));
    }
  }

  /** Adds an entry with these values. */
  void copy(String name, Tensor values) {
    HostTensor entry = HostTensor.of(values.shape());
    entry.set(values);
    entries.put(name, entry);
  }

  /** Returns the values of an entry, to be updated in place. */
  FloatBuffer values(String name) {
    return entries.get(name).values();
  }

  /** Returns entries as inputs of a run. */
  Map<String, OnnxTensor> tensors(Collection<String> names) {
    Map<String, OnnxTensor> result = new LinkedHashMap<>();
    names.forEach(name -> result.put(name, entries.get(name).tensor()));
    return result;
  }

  /** Returns tensors for the next values of entries, by the names of a model's outputs. */
  Map<String, OnnxTensor> targets(Collection<String> names) {
    Map<String, OnnxTensor> result = new LinkedHashMap<>();
    for (String name : names) {
      HostTensor target = targets.computeIfAbsent(name, n -> HostTensor.of(entries.get(n).shape()));
      result.put(TrainingModel.next(name), target.tensor());
    }
    return result;
  }

  /** Makes the targets of a run the entries, once it has succeeded. */
  void swap(Collection<String> names) {
    names.forEach(name -> targets.put(name, entries.put(name, targets.get(name))));
  }

  /** Returns a copy on the host. */
  Tensor host(String name) {
    return entries.get(name).copy();
  }

  @Override
  public void close() {
    entries.values().forEach(HostTensor::close);
    targets.values().forEach(HostTensor::close);
    entries.clear();
    targets.clear();
  }
}
