package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepResult;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
import dev.trifocal.train.Objective;
import dev.trifocal.train.TrainingPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One training step.
 *
 * @param number 1 for the first
 */
record Step(
    TrainingPlan plan, Checkpoint start, Operators operators, LiveState state, long number) {

  /** Takes memory that {@link Memory#settle} has to take back. */
  StepResult run(StepInputs checked, Map<String, Tensor> inputs, double learningRate) {
    Graph graph = start.graph();
    Statistics statistics = new Statistics(operators);
    TrainingMode mode = new TrainingMode(operators, start.seed(), number, statistics);
    Tape tape = new Tape(graph, operators);
    tape.forward(
        mode, Feed.with(graph, operators.memory(), state.weights(), inputs), checked.batch());
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, path) -> outputs.put(name, Host.tensor(tape.value(path))));
    double loss = losses(tape, checked);
    update(tape.backward(), learningRate);
    statistics.moved().forEach(state::replace);
    return new StepResult(loss, outputs);
  }

  private double losses(Tape tape, StepInputs checked) {
    double sum = 0;
    for (Objective objective : plan.objectives()) {
      Loss.Target target = checked.targets().get(objective.output());
      String path = start.graph().output(objective.output()).path();
      try (Formula math = new Formula(operators)) {
        INDArray values = math.keep(Host.array(operators.memory(), target.values()));
        double scale = target.scale() * objective.weight();
        LossGradient.Values loss =
            objective.loss().accept(new LossGradient(math, tape.value(path), values, scale));
        tape.seed(path, operators.memory().share(loss.gradient()));
        sum += loss.loss();
      }
    }
    return sum;
  }

  /**
   * @param found gradients by full name; a parameter without one stays as it is
   */
  private void update(Map<String, INDArray> found, double learningRate) {
    try (Formula math = new Formula(operators)) {
      Map<String, INDArray> gradients = new LinkedHashMap<>();
      Map<String, Shape> shapes = start.graph().trainableShapes();
      shapes.forEach(
          (name, shape) -> {
            if (found.containsKey(name)) {
              gradients.put(name, View.shaped(math.keep(found.get(name)), shape.toLongs()));
            }
          });
      Map<String, INDArray> scalars = new LinkedHashMap<>();
      plan.scalars(number, learningRate)
          .forEach((name, value) -> scalars.put(name, math.constant(value)));
      plan.clipping()
          .clip(math, gradients)
          .forEach((name, g) -> update(name, shapes.get(name), g, scalars));
    }
  }

  private void update(String name, Shape shape, INDArray gradient, Map<String, INDArray> scalars) {
    try (Formula math = new Formula(operators)) {
      INDArray weight = state.weights().get(name);
      state.replace(
          name, plan.update(math, name, shape, weight, gradient, state.slots(name), scalars));
    }
  }
}
