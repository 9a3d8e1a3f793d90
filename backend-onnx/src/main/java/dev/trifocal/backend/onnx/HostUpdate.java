package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import dev.trifocal.backend.ElementwiseUpdate;
import dev.trifocal.shape.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Updates parameters and slots in their own memory, once ONNX Runtime has computed all gradients.
 */
final class HostUpdate implements AutoCloseable {
  private final ElementwiseUpdate update;
  private final Map<String, HostTensor> gradients = new HashMap<>();

  HostUpdate(int threads) {
    this.update = new ElementwiseUpdate(threads);
  }

  /** Returns tensors that receive the gradients of a run, by the name of the model's output. */
  Map<String, OnnxTensor> gradients(TrainingModel model, Map<String, Shape> shapes) {
    Map<String, OnnxTensor> result = new LinkedHashMap<>();
    for (String name : model.updates().keySet()) {
      result.put(
          TrainingModel.gradient(name),
          gradients.computeIfAbsent(name, n -> HostTensor.of(shapes.get(n))).tensor());
    }
    return result;
  }

  /** Updates all parameters of a model from the gradients of its last run. */
  void run(TrainingModel model, List<String> slots, LiveState state, Map<String, Double> scalars) {
    List<ElementwiseUpdate.Target> targets = new ArrayList<>();
    model
        .updates()
        .forEach(
            (name, program) -> {
              List<FloatBuffer> arrays = new ArrayList<>();
              arrays.add(state.values(name));
              arrays.add(gradients.get(name).values());
              slots.forEach(slot -> arrays.add(state.values(TrainingModel.slot(slot, name))));
              targets.add(new ElementwiseUpdate.Target(program, arrays));
            });
    update.run(targets, scalars);
  }

  /** Returns the time that all updates have taken so far. */
  double milliseconds() {
    return update.milliseconds();
  }

  @Override
  public void close() {
    update.close();
    gradients.values().forEach(HostTensor::close);
    gradients.clear();
  }
}
