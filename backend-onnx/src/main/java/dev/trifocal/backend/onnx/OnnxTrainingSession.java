package dev.trifocal.backend.onnx;

import dev.trifocal.backend.Backend;
import dev.trifocal.backend.Program;
import dev.trifocal.backend.RunOptions;
import dev.trifocal.backend.SessionProgress;
import dev.trifocal.backend.StepInputs;
import dev.trifocal.backend.StepResult;
import dev.trifocal.backend.TrainingSession;
import dev.trifocal.backend.onnx.StepCompiler.Placement;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.onnx.OnnxFile;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.DropoutMask;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs {@link TrainingModel}s step by step, either as whole steps or as separate halves. */
final class OnnxTrainingSession implements TrainingSession {
  private final Backend backend;
  private final TrainingPlan plan;
  private final Graph graph;
  private final Weights frozen;
  private final long seed;
  private final RunOptions options;
  private final SessionOpener opener;
  private final LossGraph loss;
  private final Map<String, Shape> reached;
  private final LiveState state;
  private final SessionProgress progress;
  private final OnnxStep whole;
  private final StepTarget target;
  private final HostUpdate hostUpdate;
  private OnnxStep half;
  private OnnxStep update;

  private Program evaluation;

  private OnnxTrainingSession(
      Backend backend,
      TrainingPlan plan,
      Checkpoint start,
      RunOptions options,
      SessionOpener opener,
      LossGraph loss,
      OnnxStep whole,
      StepTarget target) {
    this.backend = backend;
    this.plan = plan;
    this.graph = start.graph();
    this.frozen = start.frozenWeights();
    this.seed = start.seed();
    this.options = options;
    this.opener = opener;
    this.loss = loss;
    this.reached = loss.reachedShapes();
    this.whole = whole;
    this.target = target;
    this.state = new LiveState();
    this.progress = SessionProgress.of(start);
    this.hostUpdate = new HostUpdate(options.threadCount());
    fillState(start);
  }

  static OnnxTrainingSession open(
      Backend backend,
      TrainingPlan plan,
      Checkpoint start,
      RunOptions options,
      SessionOpener opener) {
    StepTarget target =
        new StepTarget(
            NchwcBlockSize.ofThisProcessor(), options.typicalBatchSize(), options.activations());
    return open(backend, plan, start, options, opener, Placement.HOST, target);
  }

  static OnnxTrainingSession open(
      Backend backend,
      TrainingPlan plan,
      Checkpoint start,
      RunOptions options,
      SessionOpener opener,
      Placement placement,
      StepTarget target) {
    LossGraph loss = LossGraph.of(start.graph(), plan.objectives());
    Weights frozen = start.frozenWeights();
    options
        .portableStep()
        .ifPresent(
            file ->
                OnnxFile.write(
                    file,
                    SharedWeights.inlined(
                        StepCompiler.step(
                                plan,
                                start.graph(),
                                frozen,
                                loss,
                                Placement.MODEL,
                                target.portable())
                            .model(),
                        frozen)));
    TrainingModel model = StepCompiler.step(plan, start.graph(), frozen, loss, placement, target);
    OnnxStep whole = OnnxStep.open(start.graph().name(), model, frozen, options, opener);
    return new OnnxTrainingSession(backend, plan, start, options, opener, loss, whole, target);
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
    Map<String, Tensor> fed = fed(checked, whole.model());
    scalars(fed, learningRate);
    StepResult result = result(run(whole, fed, outputs(checked.batch())));
    updateOnHost(whole, learningRate);
    progress.updated();
    forgetEvaluation();
    return result;
  }

  @Override
  public StepResult accumulate(Map<String, Tensor> inputs, Map<String, Tensor> labels) {
    StepInputs checked = progress.beginStep(loss, inputs, labels);
    if (half == null) {
      TrainingModel model = StepCompiler.gradients(plan, graph, frozen, loss, target);
      half = OnnxStep.open(graph.name(), model, frozen, options, opener);
    }
    startSums();
    Map<String, Tensor> fed = fed(checked, half.model());
    if (!reached.isEmpty()) {
      fed.put(TrainingModel.SAMPLES, scalar(checked.batch()));
    }
    StepResult result = result(run(half, fed, outputs(checked.batch())));
    progress.accumulated(checked.batch());
    forgetEvaluation();
    return result;
  }

  @Override
  public Weights gradients() {
    progress.requireGradients();
    Map<String, Tensor> result = new LinkedHashMap<>();
    reached.keySet().forEach(name -> result.put(name, state.host(sum(name))));
    return new Weights(result).times(1.0 / progress.pending());
  }

  @Override
  public void addGradients(Weights gradients, int samples) {
    progress.beginStep();
    gradients.requireFit(graph.name() + ": gradients", reached);
    startSums();
    reached
        .keySet()
        .forEach(
            name -> {
              FloatBuffer sum = state.values(sum(name));
              FloatBuffer given = gradients.tensor(name).floats();
              for (int i = 0; i < sum.capacity(); i++) {
                sum.put(i, sum.get(i) + samples * given.get(i));
              }
            });
    progress.accumulated(samples);
  }

  @Override
  public void update(double learningRate) {
    progress.requireGradients();
    if (!reached.isEmpty()) {
      if (update == null) {
        TrainingModel model = StepCompiler.update(plan, graph, frozen, loss);
        update = OnnxStep.open(graph.name(), model, frozen, options, opener);
      }
      Map<String, Tensor> fed = new LinkedHashMap<>();
      fed.put(TrainingModel.SHARE, scalar(1.0 / progress.pending()));
      scalars(fed, learningRate);
      run(update, fed, Map.of());
      updateOnHost(update, learningRate);
    }
    progress.updated();
    forgetEvaluation();
  }

  @Override
  public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    progress.requireOpen();
    if (evaluation == null) {
      evaluation = backend.compile(graph, weights(), options);
    }
    return evaluation.run(inputs);
  }

  @Override
  public Weights weights() {
    progress.requireOpen();
    Map<String, Tensor> result = new LinkedHashMap<>();
    graph
        .weightShapes()
        .keySet()
        .forEach(
            name -> result.put(name, state.has(name) ? state.host(name) : frozen.tensor(name)));
    return new Weights(result);
  }

  @Override
  public Checkpoint snapshot() {
    progress.requireOpen();
    Map<String, Weights> slots = new LinkedHashMap<>();
    for (String slot : plan.optimizer().slots()) {
      Map<String, Tensor> values = new LinkedHashMap<>();
      for (String name : graph.trainableShapes().keySet()) {
        values.put(name, state.host(TrainingModel.slot(slot, name)));
      }
      slots.put(slot, new Weights(values));
    }
    return new Checkpoint(graph, weights(), slots, progress.step(), seed);
  }

  @Override
  public void close() {
    if (progress.close()) {
      forgetEvaluation();
      state.close();
      hostUpdate.close();
      Stream.of(whole, half, update).filter(Objects::nonNull).forEach(OnnxStep::close);
    }
  }

  /** Copies the start into the session's own memory, so that the start can be freed. */
  private void fillState(Checkpoint start) {
    for (Node node : graph.nodes()) {
      if (!node.frozen()) {
        node.parameters()
            .forEach(p -> state.copy(node.name(p), start.weights().tensor(node.name(p))));
      }
    }
    for (String slot : plan.optimizer().slots()) {
      Optional<Weights> stored = start.storedSlot(slot);
      graph
          .trainableShapes()
          .forEach(
              (name, shape) -> {
                String entry = TrainingModel.slot(slot, name);
                stored.ifPresentOrElse(
                    values -> state.copy(entry, values.tensor(name)),
                    () -> state.clear(entry, shape));
              });
    }
  }

  private Map<String, Tensor> run(
      OnnxStep step, Map<String, Tensor> fed, Map<String, Shape> wanted) {
    return step.run(state, fed, wanted, hostUpdate.gradients(step.model(), reached));
  }

  /** Returns the time that all updates outside ONNX Runtime have taken so far. */
  double hostUpdateMilliseconds() {
    return hostUpdate.milliseconds();
  }

  private void updateOnHost(OnnxStep step, double learningRate) {
    hostUpdate.run(
        step.model(), plan.optimizer().slots(), state, plan.scalars(progress.next(), learningRate));
  }

  /** Returns the inputs of a model with a forward pass other than state and scalars. */
  private Map<String, Tensor> fed(StepInputs checked, TrainingModel model) {
    Map<String, Tensor> values = new LinkedHashMap<>(checked.inputs());
    model
        .masks()
        .forEach(
            (path, layer) ->
                values.put(
                    TrainingModeLayers.maskName(path),
                    DropoutMask.of(
                        seed,
                        progress.next(),
                        path,
                        layer.p(),
                        graph.node(path).batchShape(checked.batch()),
                        progress.pending())));
    return values;
  }

  private void scalars(Map<String, Tensor> fed, double learningRate) {
    plan.scalars(progress.next(), learningRate)
        .forEach((name, value) -> fed.put(TrainingModel.scalar(name), scalar(value)));
  }

  private StepResult result(Map<String, Tensor> copies) {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    graph
        .outputs()
        .keySet()
        .forEach(name -> outputs.put(name, copies.get(TrainingModel.output(name))));
    return new StepResult(copies.get(TrainingModel.LOSS).floats().get(0), outputs);
  }

  private void startSums() {
    if (progress.pending() == 0) {
      reached.forEach((name, shape) -> state.clear(sum(name), shape));
    }
  }

  /** Returns the shapes of a step's results for the caller, by the names of the model's outputs. */
  private Map<String, Shape> outputs(int batch) {
    Map<String, Shape> result = new LinkedHashMap<>();
    result.put(TrainingModel.LOSS, Shape.of(1));
    graph
        .outputs()
        .forEach(
            (name, path) ->
                result.put(TrainingModel.output(name), graph.node(path).batchShape(batch)));
    return result;
  }

  private void forgetEvaluation() {
    if (evaluation != null) {
      evaluation.close();
      evaluation = null;
    }
  }

  private static String sum(String parameter) {
    return TrainingModel.sum(parameter);
  }

  private static Tensor scalar(double value) {
    return Tensor.scalar((float) value);
  }
}
