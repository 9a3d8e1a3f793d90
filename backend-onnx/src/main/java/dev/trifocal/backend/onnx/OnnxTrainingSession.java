package dev.trifocal.backend.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.onnx.OnnxFile;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.DropoutMask;
import dev.trifocal.train.Objective;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a {@link TrainingModel} step after step. */
final class OnnxTrainingSession implements TrainingSession {
  private final Backend backend;
  private final TrainingPlan plan;
  private final Checkpoint start;
  private final RunOptions options;
  private final TrainingModel model;
  private final OrtSession session;
  private final LiveState state;
  private final Set<String> requested = new LinkedHashSet<>();
  private long step;
  private Program evaluation;
  private boolean closed;

  private OnnxTrainingSession(
      Backend backend,
      TrainingPlan plan,
      Checkpoint start,
      RunOptions options,
      TrainingModel model,
      OrtSession session) {
    this.backend = backend;
    this.plan = plan;
    this.start = start;
    this.options = options;
    this.model = model;
    this.session = session;
    this.state = new LiveState(firstState(plan, start));
    this.step = start.step();
    requested.add(TrainingModel.LOSS);
    start.graph().outputs().keySet().forEach(name -> requested.add(TrainingModel.output(name)));
    model.state().keySet().forEach(name -> requested.add(TrainingModel.next(name)));
  }

  static OnnxTrainingSession open(
      Backend backend, TrainingPlan plan, Checkpoint start, RunOptions options) {
    TrainingModel model = TrainingModel.compile(plan, start);
    options.inspection().ifPresent(file -> OnnxFile.write(file, model.model()));
    OrtSession session = OnnxSessions.open(start.graph().name(), model.model(), options);
    return new OnnxTrainingSession(backend, plan, start, options, model, session);
  }

  @Override
  public StepResult step(
      Map<String, Tensor> inputs, Map<String, Tensor> labels, double learningRate) {
    requireOpen();
    StepInputs checked = StepInputs.of(start.graph(), plan, inputs, labels);
    List<Tensor> alive = new ArrayList<>();
    Map<String, OnnxTensor> fed = feed(checked, inputs, learningRate, alive);
    try {
      Map<String, OnnxTensor> all = new HashMap<>(state.tensors());
      all.putAll(fed);
      OrtSession.Result result = session.run(all, requested);
      state.replace(result);
      step++;
      forgetEvaluation();
      return seen(result);
    } catch (OrtException e) {
      throw OnnxSessions.failure(start.graph().name() + ": ONNX Runtime failed in a step", e);
    } finally {
      fed.values().forEach(OnnxTensor::close);
      java.lang.ref.Reference.reachabilityFence(alive);
    }
  }

  @Override
  public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    requireOpen();
    if (evaluation == null) {
      evaluation = backend.compile(start.graph(), weights(), options);
    }
    return evaluation.run(inputs);
  }

  @Override
  public Checkpoint snapshot() {
    requireOpen();
    Map<String, Weights> slots = new LinkedHashMap<>();
    for (String slot : plan.optimizer().slots()) {
      Map<String, Tensor> values = new LinkedHashMap<>();
      for (String name : start.graph().trainableShapes().keySet()) {
        values.put(name, state.host(TrainingModel.slot(slot, name)));
      }
      slots.put(slot, new Weights(values));
    }
    return new Checkpoint(start.graph(), weights(), slots, step, start.seed());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      forgetEvaluation();
      state.close();
      try {
        session.close();
      } catch (OrtException e) {
        throw OnnxSessions.failure(start.graph().name() + ": ONNX Runtime failed to close", e);
      }
    }
  }

  private static Map<String, Tensor> firstState(TrainingPlan plan, Checkpoint start) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (Node node : start.graph().nodes()) {
      if (!node.frozen()) {
        node.parameters()
            .forEach(p -> result.put(node.name(p), start.weights().tensor(node.name(p))));
      }
    }
    for (String slot : plan.optimizer().slots()) {
      start
          .slot(slot)
          .tensors()
          .forEach((name, tensor) -> result.put(TrainingModel.slot(slot, name), tensor));
    }
    return result;
  }

  private Map<String, OnnxTensor> feed(
      StepInputs checked, Map<String, Tensor> inputs, double learningRate, List<Tensor> alive) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    Graph graph = start.graph();
    graph.inputs().forEach(node -> values.put(node.path(), inputs.get(node.path())));
    for (Objective objective : plan.objectives()) {
      String output = objective.output();
      var target = checked.targets().get(output);
      values.put(TrainingModel.target(output), target.values());
      values.put(TrainingModel.scale(output), scalar(target.scale() * objective.weight()));
    }
    model
        .masks()
        .forEach(
            (path, layer) ->
                values.put(
                    TrainingLayers.maskName(path),
                    DropoutMask.of(
                        start.seed(),
                        step + 1,
                        path,
                        layer.p(),
                        graph.node(path).shape().batch(checked.batch()))));
    plan.scalars(step + 1, learningRate)
        .forEach((name, value) -> values.put(TrainingModel.scalar(name), scalar(value)));
    Map<String, OnnxTensor> result = new LinkedHashMap<>();
    values.forEach(
        (name, tensor) -> {
          alive.add(tensor);
          result.put(name, OnnxSessions.tensor(tensor));
        });
    return result;
  }

  private StepResult seen(OrtSession.Result result) {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (String name : start.graph().outputs().keySet()) {
      outputs.put(
          name,
          OnnxSessions.host((OnnxTensor) result.get(TrainingModel.output(name)).orElseThrow()));
    }
    OnnxTensor loss = (OnnxTensor) result.get(TrainingModel.LOSS).orElseThrow();
    return new StepResult(loss.getFloatBuffer().get(0), outputs);
  }

  private Weights weights() {
    Map<String, Tensor> changed = new LinkedHashMap<>();
    start.graph().weightShapes().keySet().stream()
        .filter(state.tensors()::containsKey)
        .forEach(name -> changed.put(name, state.host(name)));
    return start.weights().with(changed);
  }

  private void forgetEvaluation() {
    if (evaluation != null) {
      evaluation.close();
      evaluation = null;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(start.graph().name() + ": the session is closed");
    }
  }

  private static Tensor scalar(double value) {
    return Tensor.scalar((float) value);
  }
}
