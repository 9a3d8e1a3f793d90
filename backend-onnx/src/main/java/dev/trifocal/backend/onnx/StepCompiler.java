package dev.trifocal.backend.onnx;

import dev.trifocal.backend.ElementwiseProgram;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.LossGraph;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.TrainingPlan;
import dev.trifocal.weights.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles {@link TrainingModel}s: a whole step, or its two halves. An instance is used once. */
final class StepCompiler {
  /** The first opset with Col2Im. */
  static final int OPSET = 18;

  /** The target of an update, which has no layers. */
  private static final StepTarget NO_LAYERS = new StepTarget(NchwcBlockSize.NONE, 1);

  private final TrainingPlan plan;
  private final Graph graph;
  private final Weights frozen;
  private final LossGraph loss;
  private final OnnxGraphBuilder onnx;
  private final TrainingModeLayers layers;

  /** Shapes of what is changed by gradient, by full parameter name. */
  private final Map<String, Shape> trained;

  private final Map<String, Shape> reads = new LinkedHashMap<>();
  private final Set<String> changes = new LinkedHashSet<>();
  private final Map<String, ElementwiseProgram> updates = new LinkedHashMap<>();
  private final Placement placement;
  private final StepTarget target;

  /** Where parameters are updated. */
  enum Placement {
    /** In the model, by ONNX operators; each reads and writes whole arrays. */
    MODEL,
    /** On the host, by {@link HostUpdate}, wherever the optimizer is elementwise. */
    HOST
  }

  private StepCompiler(
      TrainingPlan plan,
      Graph graph,
      Weights frozen,
      LossGraph loss,
      String what,
      Placement placement,
      StepTarget target) {
    this.placement = placement;
    this.target = target;
    this.plan = plan;
    this.graph = graph;
    this.frozen = frozen;
    this.loss = loss;
    this.onnx = new OnnxGraphBuilder(graph.name() + "-" + what, OPSET);
    this.layers = new TrainingModeLayers(onnx, target, loss.graph());
    this.trained = graph.trainableShapes();
  }

  /** Compiles forward pass, backward pass and update into one model. */
  static TrainingModel step(
      TrainingPlan plan,
      Graph graph,
      Weights frozen,
      LossGraph loss,
      Placement update,
      StepTarget target) {
    StepCompiler compiler = new StepCompiler(plan, graph, frozen, loss, "training", update, target);
    Map<String, String> gradients = compiler.gradients(Optional.empty());
    compiler.update(gradients);
    return compiler.model();
  }

  /**
   * Compiles forward and backward pass; gradients are added to sums in which each sample has weight
   * 1.
   */
  static TrainingModel gradients(
      TrainingPlan plan, Graph graph, Weights frozen, LossGraph loss, StepTarget target) {
    StepCompiler compiler =
        new StepCompiler(plan, graph, frozen, loss, "gradients", Placement.MODEL, target);
    compiler.addUp();
    return compiler.model();
  }

  /** Compiles the update from accumulated gradients. */
  static TrainingModel update(TrainingPlan plan, Graph graph, Weights frozen, LossGraph loss) {
    StepCompiler compiler =
        new StepCompiler(plan, graph, frozen, loss, "update", Placement.HOST, NO_LAYERS);
    Set<String> reached = loss.reachedShapes().keySet();
    compiler.update(compiler.means(reached));
    return compiler.model();
  }

  private TrainingModel model() {
    return new TrainingModel(
        ExecutionOrder.ofLeastMemory(UsedNodes.of(onnx.build(Map.of())), BackwardPass.SEED),
        reads,
        changes,
        layers.masks(),
        updates);
  }

  /**
   * @param factor ONNX value of the number that all gradients are multiplied by; empty for 1
   */
  private Map<String, String> gradients(Optional<String> factor) {
    declareParameters();
    BackwardPass pass = BackwardPass.of(onnx, layers, loss.graph(), target.plan(loss.graph()));
    graph
        .outputs()
        .forEach(
            (name, path) ->
                onnx.output(TrainingModel.output(name), pass.value(path), graph.node(path)));
    String total = loss.graph().outputs().get(LossGraph.LOSS);
    onnx.output(TrainingModel.LOSS, pass.value(total), Shape.of(1));
    Map<String, String> result = pass.gradients(total, factor);
    layers
        .statistics()
        .updated()
        .forEach((name, value) -> change(name, value, graph.weightShapes().get(name)));
    return result;
  }

  private void declareParameters() {
    for (Node node : graph.nodes()) {
      node.parameters()
          .forEach(
              parameter -> {
                String name = node.name(parameter);
                if (node.frozen()) {
                  onnx.externalInitializer(name, frozen.tensor(name));
                } else {
                  read(name, parameter.shape());
                }
              });
    }
  }

  /** Multiplies the gradient of the loss, so that no gradient of a parameter has to be. */
  private void addUp() {
    String samples = onnx.input(TrainingModel.SAMPLES, Shape.of());
    OnnxArithmetic arithmetic = new OnnxArithmetic(onnx);
    lastLayerFirst(gradients(Optional.of(samples)))
        .forEach(
            (name, gradient) -> {
              onnx.scope("sum/" + name);
              String sum = read(TrainingModel.sum(name), trained.get(name));
              change(sum, arithmetic.add(sum, gradient), trained.get(name));
            });
  }

  private Map<String, String> means(Set<String> reached) {
    onnx.scope("mean");
    OnnxArithmetic arithmetic = new OnnxArithmetic(onnx);
    String share = onnx.input(TrainingModel.SHARE, Shape.of());
    Map<String, String> result = new LinkedHashMap<>();
    for (String name : reached) {
      String sum = read(TrainingModel.sum(name), trained.get(name));
      result.put(name, arithmetic.multiply(sum, share));
    }
    return result;
  }

  private void update(Map<String, String> gradients) {
    onnx.scope("update");
    OnnxArithmetic arithmetic = new OnnxArithmetic(onnx);
    Map<String, String> scalars = new LinkedHashMap<>();
    plan.scalars()
        .forEach(name -> scalars.put(name, onnx.input(TrainingModel.scalar(name), Shape.of())));
    Map<String, String> clipped = plan.clipping().clip(arithmetic, gradients);
    lastLayerFirst(clipped)
        .forEach(
            (name, gradient) -> {
              onnx.scope("update/" + name);
              Shape shape = trained.get(name);
              Optional<ElementwiseProgram> program =
                  placement == Placement.HOST
                      ? ElementwiseProgram.of(plan, name, shape)
                      : Optional.empty();
              if (program.isPresent()) {
                onnx.output(TrainingModel.gradient(name), gradient, shape);
                updates.put(name, program.get());
                return;
              }
              if (!reads.containsKey(name)) {
                read(name, shape);
              }
              Map<String, String> slots = new LinkedHashMap<>();
              for (String slot : plan.optimizer().slots()) {
                slots.put(slot, read(TrainingModel.slot(slot, name), shape));
              }
              Optimizer.Update<String> update =
                  plan.update(arithmetic, name, shape, name, gradient, slots, scalars);
              change(name, update.weight(), shape);
              update
                  .slots()
                  .forEach((slot, value) -> change(TrainingModel.slot(slot, name), value, shape));
            });
  }

  /** Returns the order in which gradients are computed, see {@link ExecutionOrder}. */
  private static Map<String, String> lastLayerFirst(Map<String, String> gradients) {
    List<String> names = new ArrayList<>(gradients.keySet());
    Collections.reverse(names);
    Map<String, String> result = new LinkedHashMap<>();
    names.forEach(name -> result.put(name, gradients.get(name)));
    return result;
  }

  private String read(String state, Shape shape) {
    onnx.input(state, shape);
    reads.put(state, shape);
    return state;
  }

  private void change(String state, String value, Shape shape) {
    onnx.output(TrainingModel.next(state), value, shape);
    changes.add(state);
  }
}
