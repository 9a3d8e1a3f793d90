package dev.trifocal.backend.dl4j;

import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.SessionProgress;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs forward pass, backward pass and update, operator by operator. */
final class Dl4jTrainingSession implements TrainingSession {
  private final TrainingPlan plan;
  private final Graph graph;
  private final long seed;
  private final LossGraph loss;
  private final Map<String, Shape> reached;
  private final RunOptions options;
  private final BufferPool memory = new BufferPool();
  private final Nd4jOperators operators;
  private final EvaluationPass evaluationPass;
  private final LiveState state;
  private final SessionProgress progress;

  private Dl4jTrainingSession(
      TrainingPlan plan,
      Checkpoint start,
      LossGraph loss,
      RunOptions options,
      CallObserver observer) {
    this.plan = plan;
    this.graph = start.graph();
    this.seed = start.seed();
    this.loss = loss;
    this.reached = loss.reachedShapes();
    this.options = options;
    this.operators = new Nd4jOperators(memory, observer);
    this.evaluationPass = new EvaluationPass(graph, operators);
    this.state = LiveState.of(start, plan, operators, options.threadCount());
    this.progress = SessionProgress.of(start);
  }

  static Dl4jTrainingSession open(
      TrainingPlan plan, Checkpoint start, RunOptions options, CallObserver observer) {
    Graph graph = start.graph();
    LossGraph loss = LossGraph.of(graph, plan.objectives());
    start.weights().requireFit(graph.name(), graph.weightShapes());
    plan.optimizer().slots().forEach(start::storedSlot);
    return Nd4jRuntime.run(
        graph.name(), options, () -> new Dl4jTrainingSession(plan, start, loss, options, observer));
  }

  @Override
  public StepResult step(
      Map<String, Tensor> inputs, Map<String, Tensor> labels, double learningRate) {
    if (progress.pending() > 0) {
      StepResult result = accumulate(inputs, labels);
      update(learningRate);
      return result;
    }
    StepInputs checked = progress.beginStep(loss, inputs, labels);
    return run(
        () -> {
          TrainingStep one = next();
          StepResult result = one.backward(checked, found -> one.update(found, learningRate));
          progress.updated();
          return result;
        });
  }

  @Override
  public StepResult accumulate(Map<String, Tensor> inputs, Map<String, Tensor> labels) {
    StepInputs checked = progress.beginStep(loss, inputs, labels);
    return run(
        () -> {
          StepResult result =
              next().backward(checked, found -> state.addUp(found, checked.batch()));
          progress.accumulated(checked.batch());
          return result;
        });
  }

  @Override
  public Weights gradients() {
    progress.requireGradients();
    return state.hostMeans(progress.pending());
  }

  @Override
  public void addGradients(Weights gradients, int samples) {
    progress.beginStep();
    gradients.requireFit(graph.name() + ": gradients", reached);
    run(
        () -> {
          Map<String, INDArray> arrays = new LinkedHashMap<>();
          gradients
              .tensors()
              .forEach((name, tensor) -> arrays.put(name, HostTransfer.array(memory, tensor)));
          state.addUp(arrays, samples);
          progress.accumulated(samples);
          return progress.pending();
        });
  }

  @Override
  public void update(double learningRate) {
    progress.requireGradients();
    run(
        () -> {
          next().update(state.takeMeans(progress.pending()), learningRate);
          progress.updated();
          return progress.step();
        });
  }

  /** Runs the graph like a program, with the current weights. */
  @Override
  public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    progress.requireOpen();
    int batch = StepInputs.batch(graph, inputs);
    return run(() -> evaluationPass.run(state.weights(), inputs, batch));
  }

  @Override
  public Weights weights() {
    progress.requireOpen();
    return state.hostWeights();
  }

  @Override
  public Checkpoint snapshot() {
    progress.requireOpen();
    return state.snapshot(progress.step());
  }

  @Override
  public void close() {
    if (progress.close()) {
      state.close();
      memory.close();
    }
  }

  private TrainingStep next() {
    return new TrainingStep(
        plan, graph, seed, loss, operators, state, progress.next(), progress.pending());
  }

  private <T> T run(Supplier<T> work) {
    return Nd4jRuntime.run(
        graph.name(),
        options,
        () -> {
          try {
            return work.get();
          } finally {
            memory.settle(state.arrays());
          }
        });
  }
}
