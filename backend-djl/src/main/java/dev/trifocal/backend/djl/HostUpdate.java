package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.backend.ElementwiseProgram;
import dev.trifocal.backend.ElementwiseUpdate;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.TrainingPlan;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Updates parameters and slots in PyTorch's memory, in one pass. PyTorch's own operators would read
 * and write whole arrays, a dozen times for Adam.
 */
final class HostUpdate implements AutoCloseable {
  private final ElementwiseUpdate threads;
  private final Map<String, ElementwiseProgram> programs;

  private HostUpdate(ElementwiseUpdate threads, Map<String, ElementwiseProgram> programs) {
    this.threads = threads;
    this.programs = programs;
  }

  /**
   * Records the updates of the parameters whose formula is elementwise.
   *
   * @param parameters shapes of the trained parameters, by name
   */
  static HostUpdate of(ArrayStore store, TrainingPlan plan, Map<String, Shape> parameters) {
    Map<String, ElementwiseProgram> programs = new LinkedHashMap<>();
    if (store.isOnHost()) {
      parameters.forEach(
          (name, shape) ->
              ElementwiseProgram.of(plan, name, shape)
                  .ifPresent(program -> programs.put(name, program)));
    }
    return new HostUpdate(new ElementwiseUpdate(store.threads()), programs);
  }

  /** Returns whether a parameter is updated here. */
  boolean covers(String parameter) {
    return programs.containsKey(parameter);
  }

  /**
   * Overwrites weights and slots.
   *
   * @param gradients gradients of parameters that this update covers
   * @param scalars scalars of the plan for this step, by name
   */
  void run(
      Map<String, PtNDArray> weights,
      Map<String, PtNDArray> gradients,
      List<Map<String, PtNDArray>> slots,
      Map<String, Double> scalars) {
    List<ElementwiseUpdate.Target> targets = new ArrayList<>();
    gradients.forEach(
        (name, gradient) -> {
          List<FloatBuffer> arrays = new ArrayList<>();
          arrays.add(MemoryLayout.memory(weights.get(name)));
          arrays.add(MemoryLayout.memory(gradient));
          slots.forEach(slot -> arrays.add(MemoryLayout.memory(slot.get(name))));
          targets.add(new ElementwiseUpdate.Target(programs.get(name), arrays));
        });
    threads.run(targets, scalars);
  }

  /** Returns the time that all updates have taken so far. */
  double milliseconds() {
    return threads.milliseconds();
  }

  @Override
  public void close() {
    threads.close();
  }
}
