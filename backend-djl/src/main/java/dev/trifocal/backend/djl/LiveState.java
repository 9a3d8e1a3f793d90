package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.backend.InPlaceUpdate;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Arithmetic;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state that steps change, in PyTorch's memory: weights, optimizer slots and sums of gradients.
 */
final class LiveState implements AutoCloseable {
  private final TrainingPlan plan;
  private final ArrayStore store;
  private final PassObserver observer;
  private final Arithmetic<PtNDArray> arithmetic;
  private final Map<String, Shape> trained;
  private final Map<String, PtNDArray> weights;
  private final Map<String, Map<String, PtNDArray>> slots = new LinkedHashMap<>();
  private final Map<String, PtNDArray> sums = new LinkedHashMap<>();
  private final InPlaceUpdate<PtNDArray> inPlace;

  LiveState(ArrayStore store, TrainingPlan plan, Checkpoint start, PassObserver observer) {
    this.plan = plan;
    this.store = store;
    this.observer = observer;
    this.arithmetic = new DjlArithmetic(store);
    this.trained = start.graph().trainableShapes();
    this.weights = store.copies(start.weights().tensors());
    trained.keySet().forEach(name -> JniUtils.attachGradient(weights.get(name), true));
    for (String slot : plan.optimizer().slots()) {
      slots.put(
          slot,
          start
              .storedSlot(slot)
              .map(stored -> store.copies(stored.tensors()))
              .orElseGet(() -> store.zeros(trained)));
    }
    this.inPlace =
        InPlaceUpdate.of(
            plan, store.isOnHost() ? trained : Map.of(), store.threads(), MemoryLayout::memory);
  }

  /** Returns all tensors of the graph by full name. */
  Map<String, PtNDArray> weights() {
    return weights;
  }

  /**
   * Updates each trained weight that the last backward pass reached.
   *
   * @param scalars scalars of the plan for this step, by name
   */
  void update(Map<String, Double> scalars) {
    try (EngineScope scope = EngineScope.plain()) {
      update(scope, gradients(), scalars);
    }
  }

  /**
   * Updates each trained weight that has a sum of gradients, and clears the sums.
   *
   * @param samples number of samples in the sums
   * @param scalars scalars of the plan for this step, by name
   */
  void updateFromSums(long samples, Map<String, Double> scalars) {
    try (EngineScope scope = EngineScope.plain()) {
      PtNDArray share = store.number(1.0 / samples);
      Map<String, PtNDArray> means = new LinkedHashMap<>();
      sums.forEach((name, sum) -> means.put(name, JniUtils.mul(sum, share)));
      update(scope, means, scalars);
    }
    sums.values().forEach(PtNDArray::close);
    sums.clear();
  }

  /**
   * Adds the gradients of the last backward pass to the sums, in which each sample has weight 1.
   */
  void addUp(int samples) {
    try (EngineScope scope = EngineScope.plain()) {
      gradients().forEach((name, gradient) -> add(scope, name, gradient, samples));
      trained.keySet().forEach(name -> forgetGradient(scope, name));
    }
  }

  /** Adds gradients from the host to the sums, in which each sample has weight 1. */
  void addUp(Weights gradients, int samples) {
    try (EngineScope scope = EngineScope.plain()) {
      gradients.tensors().forEach((name, tensor) -> add(scope, name, store.copy(tensor), samples));
    }
  }

  /** Returns a copy of the sums on the host, divided by the number of samples. */
  Weights hostMeans(long samples) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    sums.forEach((name, sum) -> result.put(name, ArrayStore.host(sum)));
    return new Weights(result).times(1.0 / samples);
  }

  private void add(EngineScope scope, String name, PtNDArray gradient, int samples) {
    PtNDArray scaled = JniUtils.mul(gradient, store.number(samples));
    PtNDArray before = sums.get(name);
    sums.put(name, scope.keep(before == null ? scaled : JniUtils.add(before, scaled)));
    if (before != null) {
      before.close();
    }
  }

  private void update(
      EngineScope scope, Map<String, PtNDArray> gradients, Map<String, Double> scalars) {
    observer.update();
    Map<String, PtNDArray> onHost = new LinkedHashMap<>();
    Map<String, PtNDArray> numbers = new LinkedHashMap<>();
    scalars.forEach((name, value) -> numbers.put(name, store.number(value)));
    plan.clipping()
        .clip(arithmetic, gradients)
        .forEach(
            (name, gradient) -> {
              if (inPlace.covers(name)) {
                onHost.put(name, gradient);
              } else {
                update(name, gradient, numbers);
                scope.free(gradient);
              }
            });
    inPlace.run(weights, onHost, List.copyOf(slots.values()), scalars);
    onHost.keySet().forEach(name -> forgetGradient(scope, name));
  }

  /** Replaces a weight by an alias without the gradient, to which PyTorch would keep adding. */
  private void forgetGradient(EngineScope scope, String name) {
    PtNDArray fresh = JniUtils.detachGradient(weights.get(name));
    JniUtils.attachGradient(fresh, true);
    replace(scope, weights, name, fresh);
  }

  private Map<String, PtNDArray> gradients() {
    Map<String, PtNDArray> result = new LinkedHashMap<>();
    for (String name : trained.keySet()) {
      PtNDArray gradient = JniUtils.getGradient(weights.get(name));
      if (gradient != null) {
        result.put(name, gradient);
      }
    }
    return result;
  }

  private void update(String name, PtNDArray gradient, Map<String, PtNDArray> scalars) {
    observer.update(name);
    try (EngineScope scope = EngineScope.plain()) {
      Map<String, PtNDArray> before = new LinkedHashMap<>();
      slots.forEach((slot, arrays) -> before.put(slot, arrays.get(name)));
      Optimizer.Update<PtNDArray> update =
          plan.update(
              arithmetic, name, trained.get(name), weights.get(name), gradient, before, scalars);
      JniUtils.attachGradient(update.weight(), true);
      replace(scope, weights, name, update.weight());
      update.slots().forEach((slot, array) -> replace(scope, slots.get(slot), name, array));
    }
  }

  private static void replace(
      EngineScope scope, Map<String, PtNDArray> arrays, String name, PtNDArray next) {
    arrays.put(name, scope.keep(next)).close();
  }

  /** Returns a copy of the weights on the host. */
  Weights hostWeights() {
    return new Weights(ArrayStore.hosts(weights));
  }

  /** Returns a copy of the slots on the host. */
  Map<String, Weights> hostSlots() {
    Map<String, Weights> result = new LinkedHashMap<>();
    slots.forEach((slot, arrays) -> result.put(slot, new Weights(ArrayStore.hosts(arrays))));
    return result;
  }

  /** Returns the time that updates outside PyTorch have taken so far. */
  double updateMilliseconds() {
    return inPlace.milliseconds();
  }

  @Override
  public void close() {
    inPlace.close();
  }
}
