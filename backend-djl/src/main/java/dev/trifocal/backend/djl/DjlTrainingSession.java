package dev.trifocal.backend.djl;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.backend.ComputePrecision;
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
import java.util.Map;
import java.util.function.IntConsumer;

/** Runs the forward pass, autograd's backward pass and the optimizer, step by step. */
final class DjlTrainingSession implements TrainingSession {
  private final TrainingPlan plan;
  private final Graph graph;
  private final long seed;
  private final LossGraph loss;
  private final Map<String, Shape> reached;
  private final ArrayStore store;
  private final ForwardPass network;
  private final ForwardPass training;
  private final LiveState state;
  private final PassObserver observer;
  private final SessionProgress progress;

  private DjlTrainingSession(
      TrainingPlan plan,
      Checkpoint start,
      LossGraph loss,
      ArrayStore store,
      PassObserver observer) {
    this.plan = plan;
    // Keeping the checkpoint would hold weights and slots twice.
    this.graph = start.graph();
    this.seed = start.seed();
    this.loss = loss;
    this.reached = loss.reachedShapes();
    this.store = store;
    this.network = new ForwardPass(graph, store.scripts(), observer, ComputePrecision.FLOAT32);
    this.training =
        new ForwardPass(loss.graph(), store.scripts(), observer, ComputePrecision.FLOAT32);
    this.state = new LiveState(store, plan, start, observer);
    this.observer = observer;
    this.progress = SessionProgress.of(start);
  }

  static DjlTrainingSession open(
      TrainingPlan plan, Checkpoint start, RunOptions options, PassObserver observer) {
    options.requireTrainable();
    LossGraph loss = LossGraph.of(start.graph(), plan.objectives());
    ArrayStore store = ArrayStore.open(options);
    try {
      return EngineFailure.translated(
          start.graph(), () -> new DjlTrainingSession(plan, start, loss, store, observer));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  @Override
  public StepResult step(
      Map<String, Tensor> inputs, Map<String, Tensor> labels, double learningRate) {
    if (progress.pending() > 0) {
      StepResult result = accumulate(inputs, labels);
      update(learningRate);
      return result;
    }
    StepResult result =
        backward(
            inputs, labels, batch -> state.update(plan.scalars(progress.next(), learningRate)));
    progress.updated();
    return result;
  }

  @Override
  public StepResult accumulate(Map<String, Tensor> inputs, Map<String, Tensor> labels) {
    return backward(
        inputs,
        labels,
        batch -> {
          state.addUp(batch);
          progress.accumulated(batch);
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
    state.addUp(gradients.requireFit(graph.name() + ": gradients", reached), samples);
    progress.accumulated(samples);
  }

  @Override
  public void update(double learningRate) {
    progress.requireGradients();
    store.useThreads();
    state.updateFromSums(progress.pending(), plan.scalars(progress.next(), learningRate));
    progress.updated();
  }

  @Override
  public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    progress.requireOpen();
    return new EvaluationPass(graph, network, store, observer).run(inputs, state.weights());
  }

  @Override
  public Weights weights() {
    progress.requireOpen();
    return state.hostWeights();
  }

  @Override
  public Checkpoint snapshot() {
    progress.requireOpen();
    return new Checkpoint(graph, state.hostWeights(), state.hostSlots(), progress.step(), seed);
  }

  @Override
  public void close() {
    progress.close();
    state.close();
    store.close();
  }

  /** Returns the time that all updates outside PyTorch have taken so far. */
  double updateMilliseconds() {
    return state.updateMilliseconds();
  }

  /**
   * Runs the forward and backward pass.
   *
   * @param afterwards receives the number of samples while the gradients are available
   */
  private StepResult backward(
      Map<String, Tensor> inputs, Map<String, Tensor> labels, IntConsumer afterwards) {
    StepInputs checked = progress.beginStep(loss, inputs, labels);
    store.useThreads();
    try (EngineScope scope = EngineScope.recording()) {
      observer.transfer();
      TrainingModeLayers layers =
          new TrainingModeLayers(store, seed, progress.next(), checked.batch(), progress.pending());
      Map<String, PtNDArray> outputs =
          training.run(
              scope,
              layers,
              EvaluationPass.fed(loss.graph(), checked.inputs(), store),
              checked.batch(),
              state.weights());
      PtNDArray total = outputs.remove(LossGraph.LOSS);
      // PyTorch throws if no gradient can flow from the loss.
      observer.backward();
      if (!reached.isEmpty()) {
        JniUtils.backward(total, JniUtils.reshape(store.number(1), new long[] {1}), false, false);
      }
      observer.transfer();
      StepResult result =
          new StepResult(ArrayStore.host(total).floats().get(0), ArrayStore.hosts(outputs));
      afterwards.accept(checked.batch());
      return result;
    } catch (EngineException e) {
      throw EngineFailure.of(graph, e);
    }
  }
}
