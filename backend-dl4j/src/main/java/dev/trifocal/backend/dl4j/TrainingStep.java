package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepResult;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The two halves of a training step. The caller must reclaim memory with {@link BufferPool#settle}
 * after each.
 *
 * @param seed seed of dropout masks
 * @param number step number, from 1
 * @param earlier number of samples in earlier micro-batches of the same step
 */
record TrainingStep(
    TrainingPlan plan,
    Graph graph,
    long seed,
    LossGraph loss,
    Nd4jOperators operators,
    LiveState state,
    long number,
    long earlier) {

  /**
   * Runs the forward and backward pass, and updates the running statistics.
   *
   * @param use receives the gradients by full name, before the statistics change
   */
  StepResult backward(StepInputs checked, Consumer<Map<String, INDArray>> use) {
    RunningStatistics statistics = new RunningStatistics(operators);
    operators.observer().outsideLayers();
    TrainingModeLayers mode = new TrainingModeLayers(operators, seed, number, earlier, statistics);
    Tape tape = new Tape(loss.graph(), operators);
    tape.forward(
        mode,
        BoundInputs.with(loss.graph(), operators.memory(), state.weights(), checked.inputs()),
        checked.batch());
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    graph
        .outputs()
        .forEach((name, path) -> outputs.put(name, HostTransfer.tensor(tape.value(path))));
    String total = loss.graph().outputs().get(LossGraph.LOSS);
    double value = tape.value(total).getDouble(0);
    operators.observer().outsideLayers();
    tape.seed(total, operators.filled(1, tape.value(total).shape()));
    use.accept(shaped(tape.backward()));
    statistics.updated().forEach(state::replace);
    return new StepResult(value, outputs);
  }

  /**
   * Updates the parameters.
   *
   * @param gradients gradients by full name; parameters without one are unchanged
   */
  void update(Map<String, INDArray> gradients, double learningRate) {
    operators.observer().update(Optional.empty());
    try (Dl4jArithmetic math = new Dl4jArithmetic(operators)) {
      gradients.values().forEach(math::keep);
      state.update(plan.clipping().clip(math, gradients), plan.scalars(number, learningRate));
    }
  }

  /** Returns gradients in the shapes of their parameters and the order of the graph. */
  private Map<String, INDArray> shaped(Map<String, INDArray> found) {
    Map<String, INDArray> result = new LinkedHashMap<>();
    graph
        .trainableShapes()
        .forEach(
            (name, shape) -> {
              if (found.containsKey(name)) {
                result.put(name, ArrayViews.shaped(found.get(name), shape.toLongs()));
              }
            });
    return result;
  }
}
