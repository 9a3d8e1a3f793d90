package dev.trifocal.trainer;

import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Loss;
import dev.trifocal.train.Objective;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Trains a {@link LinearModel}; its state is a checkpoint that each step replaces. */
final class LinearSession implements TrainingSession {
  private static final FloatArrays MATH = new FloatArrays();
  private final TrainingPlan plan;
  private Checkpoint state;
  private boolean closed;

  LinearSession(TrainingPlan plan, Checkpoint checkpoint) {
    this.plan = plan;
    Map<String, Weights> slots = new LinkedHashMap<>();
    plan.optimizer().slots().forEach(slot -> slots.put(slot, checkpoint.slot(slot)));
    this.state = with(checkpoint, checkpoint.weights(), slots, checkpoint.step());
  }

  @Override
  public StepResult step(Map<String, Tensor> inputs, Map<String, Tensor> labels, double rate) {
    requireOpen();
    LinearModel model = LinearModel.of(state.graph(), state.weights());
    Map<String, Tensor> outputs = model.outputs(inputs);
    Objective objective = plan.objectives().get(0);
    Tensor output = outputs.get(objective.output());
    Loss loss = objective.loss();
    Loss.Target target = loss.target(output.shape(), labels.get(objective.output()));
    double scale = target.scale() * objective.weight();
    float[] gradient = gradient(loss, output, target.values(), scale);
    update(model.gradients(model.input(inputs), gradient), rate);
    return new StepResult(loss.sum(output, target.values()) * scale, outputs);
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

  private static float[] gradient(Loss loss, Tensor output, Tensor target, double scale) {
    int units = output.shape().size(1);
    float[] logits = output.toFloats();
    float[] wanted = target.toFloats();
    float[] result = new float[logits.length];
    for (int from = 0; from < logits.length; from += units) {
      double[] row =
          loss.accept(
              new LogitGradient(
                  Arrays.copyOfRange(logits, from, from + units),
                  Arrays.copyOfRange(wanted, from, from + units)));
      for (int k = 0; k < units; k++) {
        result[from + k] = (float) (row[k] * scale);
      }
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
