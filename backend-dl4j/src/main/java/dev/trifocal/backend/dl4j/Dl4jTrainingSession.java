package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Objective;
import dev.trifocal.train.TrainingPlan;
import java.util.Map;
import java.util.function.Supplier;

/** Runs forward, backward and update, operator by operator. */
final class Dl4jTrainingSession implements TrainingSession {
  private final TrainingPlan plan;
  private final Checkpoint start;
  private final RunOptions options;
  private final Memory memory = new Memory();
  private final Operators operators = new Operators(memory);
  private final Evaluation evaluation;
  private final LiveState state;
  private long step;
  private boolean closed;

  private Dl4jTrainingSession(TrainingPlan plan, Checkpoint start, RunOptions options) {
    this.plan = plan;
    this.start = start;
    this.options = options;
    this.evaluation = new Evaluation(start.graph(), operators);
    this.state = new LiveState(start, plan.optimizer(), memory);
    this.step = start.step();
  }

  static Dl4jTrainingSession open(TrainingPlan plan, Checkpoint start, RunOptions options) {
    Graph graph = start.graph();
    plan.objectives().stream().map(Objective::output).forEach(graph::output);
    start.weights().requireFit(graph.name(), graph.weightShapes());
    plan.optimizer().slots().forEach(start::slot);
    return Engine.run(graph.name(), options, () -> new Dl4jTrainingSession(plan, start, options));
  }

  @Override
  public StepResult step(
      Map<String, Tensor> inputs, Map<String, Tensor> labels, double learningRate) {
    requireOpen();
    StepInputs checked = StepInputs.of(start.graph(), plan, inputs, labels);
    return run(
        () -> {
          try {
            Step one = new Step(plan, start, operators, state, step + 1);
            StepResult result = one.run(checked, inputs, learningRate);
            step++;
            return result;
          } finally {
            memory.settle(state.arrays());
          }
        });
  }

  /** Runs what a program would run, with the live weights. */
  @Override
  public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    requireOpen();
    int batch = StepInputs.batch(start.graph(), inputs);
    return run(
        () -> {
          try {
            return evaluation.run(state.weights(), inputs, batch);
          } finally {
            memory.settle(state.arrays());
          }
        });
  }

  @Override
  public Checkpoint snapshot() {
    requireOpen();
    return state.snapshot(step);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      memory.close();
    }
  }

  private <T> T run(Supplier<T> work) {
    return Engine.run(start.graph().name(), options, work);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(start.graph().name() + ": the session is closed");
    }
  }
}
