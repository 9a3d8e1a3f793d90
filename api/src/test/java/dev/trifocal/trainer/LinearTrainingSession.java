package dev.trifocal.trainer;

import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.PlainGraph;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trains a {@link LinearModel}; its state is a checkpoint that each step replaces. */
final class LinearTrainingSession implements TrainingSession {
  private static final FloatArrayArithmetic MATH = new FloatArrayArithmetic();
  private final TrainingPlan plan;
  private final LossGraph loss;
  private Weights sum = Weights.NONE;
  private int samples;
  private Checkpoint state;
  private boolean closed;

  LinearTrainingSession(TrainingPlan plan, Checkpoint checkpoint) {
    this.plan = plan;
    this.loss = LossGraph.of(checkpoint.graph(), plan.objectives());
    Map<String, Weights> slots = new LinkedHashMap<>();
    plan.optimizer().slots().forEach(slot -> slots.put(slot, checkpoint.slot(slot)));
    this.state = with(checkpoint, checkpoint.weights(), slots, checkpoint.step());
  }

  @Override
  public StepResult step(Map<String, Tensor> inputs, Map<String, Tensor> labels, double rate) {
    StepResult result = accumulate(inputs, labels);
    update(rate);
    return result;
  }

  @Override
  public StepResult accumulate(Map<String, Tensor> inputs, Map<String, Tensor> labels) {
    requireOpen();
    int batch = StepInputs.of(loss, inputs, labels).batch();
    LinearModel model = LinearModel.of(state.graph(), state.weights());
    Map<String, Tensor> outputs = model.outputs(inputs);
    PlainGraph.Array logits = PlainGraph.Array.of(outputs.get(Graph.OUTPUT));
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    model
        .gradients(model.input(inputs), gradient(model.dense(), logits, labels))
        .forEach(
            (name, values) ->
                gradients.put(name, Tensor.of(state.weights().tensor(name).shape(), values)));
    addGradients(new Weights(gradients), batch);
    return new StepResult(loss(model.dense(), logits, labels), outputs);
  }

  @Override
  public Weights gradients() {
    return sum.times(1.0 / samples);
  }

  @Override
  public void addGradients(Weights gradients, int count) {
    Weights scaled = gradients.times(count);
    Map<String, Tensor> next = new LinkedHashMap<>();
    scaled
        .tensors()
        .forEach(
            (name, tensor) ->
                next.put(
                    name,
                    samples == 0
                        ? tensor
                        : Tensor.of(
                            tensor.shape(),
                            MATH.add(sum.tensor(name).toFloats(), tensor.toFloats()))));
    sum = new Weights(next);
    samples += count;
  }

  @Override
  public void update(double rate) {
    Map<String, float[]> means = new LinkedHashMap<>();
    gradients().tensors().forEach((name, tensor) -> means.put(name, tensor.toFloats()));
    update(means, rate);
    samples = 0;
  }

  @Override
  public Weights weights() {
    requireOpen();
    return state.weights();
  }

  @Override
  public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    requireOpen();
    return LinearModel.of(state.graph(), state.weights()).outputs(inputs);
  }

  @Override
  public Checkpoint snapshot() {
    requireOpen();
    return state;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void update(Map<String, float[]> gradients, double rate) {
    Map<String, float[]> scalars = new LinkedHashMap<>();
    plan.scalars(state.step() + 1, rate)
        .forEach((name, value) -> scalars.put(name, MATH.constant(value)));
    Map<String, Tensor> changed = new LinkedHashMap<>();
    Map<String, Weights> slots = new LinkedHashMap<>(state.slots());
    Map<String, float[]> clipped = plan.clipping().clip(MATH, gradients);
    for (String name : state.graph().trainableShapes().keySet()) {
      Tensor weight = state.weights().tensor(name);
      Map<String, float[]> before = new LinkedHashMap<>();
      slots.forEach((slot, values) -> before.put(slot, values.tensor(name).toFloats()));
      Optimizer.Update<float[]> update =
          plan.update(
              MATH, name, weight.shape(), weight.toFloats(), clipped.get(name), before, scalars);
      changed.put(name, Tensor.of(weight.shape(), update.weight()));
      update
          .slots()
          .forEach(
              (slot, values) ->
                  slots.compute(
                      slot, (s, all) -> all.with(Map.of(name, Tensor.of(weight.shape(), values)))));
    }
    state = with(state, state.weights().with(changed), slots, state.step() + 1);
  }

  private double loss(String dense, PlainGraph.Array logits, Map<String, Tensor> labels) {
    return PlainGraph.loss(loss, Map.of(dense, logits), labels);
  }

  /** By central differences in double precision. */
  private float[] gradient(String dense, PlainGraph.Array logits, Map<String, Tensor> labels) {
    float[] result = new float[logits.values().length];
    for (int i = 0; i < result.length; i++) {
      double at = logits.values()[i];
      double step = 1e-4 * Math.max(1, Math.abs(at));
      logits.values()[i] = at + step;
      double above = loss(dense, logits, labels);
      logits.values()[i] = at - step;
      double below = loss(dense, logits, labels);
      logits.values()[i] = at;
      result[i] = (float) ((above - below) / (2 * step));
    }
    return result;
  }

  private static Checkpoint with(
      Checkpoint from, Weights weights, Map<String, Weights> slots, long step) {
    return new Checkpoint(from.graph(), weights, slots, step, from.seed());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
  }
}
