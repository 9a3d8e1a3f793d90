package dev.trifocal.backend.djl;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
import dev.trifocal.train.Objective;
import dev.trifocal.train.TrainingPlan;
import java.util.Map;

/** Runs forward, autograd's backward pass and the optimizer's formulas, step after step. */
final class DjlTrainingSession implements TrainingSession {
  private final TrainingPlan plan;
  private final Checkpoint start;
  private final Graph graph;
  private final ArrayStore store;
  private final ForwardPass pass;
  private final LiveState state;

  /** Whether a gradient of the loss meets anything that is trained; PyTorch fails if not. */
  private final boolean learning;

  private long step;
  private boolean closed;

  private DjlTrainingSession(
      TrainingPlan plan, Checkpoint start, ArrayStore store, LiveState state) {
    this.plan = plan;
    this.start = start;
    this.graph = start.graph();
    this.store = store;
    this.pass = new ForwardPass(graph);
    this.state = state;
    this.learning =
        plan.objectives().stream()
            .map(objective -> graph.upTo(graph.outputs().get(objective.output())))
            .anyMatch(part -> !part.trainableShapes().isEmpty());
    this.step = start.step();
  }

  static DjlTrainingSession open(TrainingPlan plan, Checkpoint start, RunOptions options) {
    plan.objectives().forEach(objective -> start.graph().output(objective.output()));
    ArrayStore store = ArrayStore.open(options);
    try {
      return new DjlTrainingSession(plan, start, store, new LiveState(store, plan, start));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  @Override
  public StepResult step(
      Map<String, Tensor> inputs, Map<String, Tensor> labels, double learningRate) {
    requireOpen();
    StepInputs checked = StepInputs.of(graph, plan, inputs, labels);
    store.useThreads();
    try (EngineScope scope = EngineScope.recording()) {
      TrainingLayers layers = new TrainingLayers(store, start.seed(), step + 1, checked.batch());
      Map<String, PtNDArray> outputs =
          pass.run(
              scope,
              layers,
              Evaluation.fed(graph, inputs, store),
              checked.batch(),
              state.weights());
      PtNDArray loss = loss(outputs, checked.targets());
      if (learning) {
        JniUtils.backward(loss, store.number(1), false, false);
      }
      StepResult result =
          new StepResult(ArrayStore.host(loss).floats().get(0), ArrayStore.hosts(outputs));
      state.update(plan.scalars(step + 1, learningRate));
      step++;
      return result;
    } catch (EngineException e) {
      throw Evaluation.failure(graph, e);
    }
  }

  @Override
  public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    requireOpen();
    return new Evaluation(graph, pass, store).run(inputs, state.weights());
  }

  @Override
  public Checkpoint snapshot() {
    requireOpen();
    return new Checkpoint(graph, state.hostWeights(), state.hostSlots(), step, start.seed());
  }

  @Override
  public void close() {
    closed = true;
    store.close();
  }

  /** Weighted sum over the objectives. */
  private PtNDArray loss(Map<String, PtNDArray> outputs, Map<String, Loss.Target> targets) {
    return plan.objectives().stream()
        .map(
            objective ->
                loss(objective, outputs.get(objective.output()), targets.get(objective.output())))
        .reduce(JniUtils::add)
        .orElseThrow();
  }

  private PtNDArray loss(Objective objective, PtNDArray output, Loss.Target target) {
    PtNDArray sum = objective.loss().accept(new LossSum(output, store.copy(target.values())));
    return JniUtils.mul(sum, store.number(target.scale() * objective.weight()));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(graph.name() + ": the session is closed");
    }
  }
}
