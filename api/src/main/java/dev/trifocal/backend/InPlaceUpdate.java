package dev.trifocal.backend;

import dev.trifocal.shape.Shape;
import dev.trifocal.train.TrainingPlan;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Updates parameters and slots in the engine's memory, in one pass. An engine's own operators would
 * read and write whole arrays, a dozen times for Adam.
 *
 * @param <A> the engine's arrays
 */
public final class InPlaceUpdate<A> implements AutoCloseable {
  private final ElementwiseUpdate threads;
  private final Map<String, ElementwiseProgram> programs;
  private final Function<A, FloatBuffer> memory;

  private InPlaceUpdate(
      ElementwiseUpdate threads,
      Map<String, ElementwiseProgram> programs,
      Function<A, FloatBuffer> memory) {
    this.threads = threads;
    this.programs = programs;
    this.memory = memory;
  }

  /**
   * Records the updates of the parameters whose formula is elementwise.
   *
   * @param parameters shapes of the parameters, by name
   * @param threads number of threads
   * @param memory returns the elements of an array, as a buffer that shares their memory. The order
   *     of the elements is the same for a parameter, its gradient and its slots
   */
  public static <A> InPlaceUpdate<A> of(
      TrainingPlan plan,
      Map<String, Shape> parameters,
      int threads,
      Function<A, FloatBuffer> memory) {
    Map<String, ElementwiseProgram> programs = new LinkedHashMap<>();
    parameters.forEach(
        (name, shape) ->
            ElementwiseProgram.of(plan, name, shape)
                .ifPresent(program -> programs.put(name, program)));
    return new InPlaceUpdate<>(new ElementwiseUpdate(threads), programs, memory);
  }

  /** Returns whether a parameter is updated here. */
  public boolean covers(String parameter) {
    return programs.containsKey(parameter);
  }

  /**
   * Overwrites weights and slots.
   *
   * @param weights arrays by parameter
   * @param gradients gradients of parameters that this update covers
   * @param slots arrays by parameter, for each slot in the order of the optimizer
   * @param scalars scalars of the plan for this step, by name
   */
  public void run(
      Map<String, A> weights,
      Map<String, A> gradients,
      List<Map<String, A>> slots,
      Map<String, Double> scalars) {
    List<ElementwiseUpdate.Target> targets = new ArrayList<>();
    gradients.forEach(
        (name, gradient) -> {
          List<FloatBuffer> arrays = new ArrayList<>();
          arrays.add(memory.apply(weights.get(name)));
          arrays.add(memory.apply(gradient));
          slots.forEach(slot -> arrays.add(memory.apply(slot.get(name))));
          targets.add(new ElementwiseUpdate.Target(programs.get(name), arrays));
        });
    threads.run(targets, scalars);
  }

  /** Returns the time that all updates have taken so far. */
  public double milliseconds() {
    return threads.milliseconds();
  }

  @Override
  public void close() {
    threads.close();
  }
}
