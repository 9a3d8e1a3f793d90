package dev.trifocal.backend.onnx;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.ForwardLowering;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.onnx.Site;
import dev.trifocal.shape.Shape;
import dev.trifocal.train.Checkpoint;
import dev.trifocal.train.Objective;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.TrainingPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts a {@link TrainingModel} together: forward, losses, backward, updates, in that order. */
final class StepCompiler {
  private final TrainingPlan plan;
  private final Checkpoint checkpoint;
  private final Graph graph;
  private final OnnxGraphBuilder onnx;
  private final TrainingLayers layers;
  private final Map<String, Shape> trained;
  private final Map<String, Shape> state = new LinkedHashMap<>();
  private final Map<String, Site> sites = new HashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, List<String>> gradients = new HashMap<>();

  StepCompiler(TrainingPlan plan, Checkpoint checkpoint) {
    this.plan = plan;
    this.checkpoint = checkpoint;
    this.graph = checkpoint.graph();
    this.onnx = new OnnxGraphBuilder(graph.name() + "-training");
    this.layers = new TrainingLayers(onnx);
    this.trained = graph.trainableShapes();
  }

  TrainingModel compile() {
    declareParameters();
    forward();
    onnx.output(TrainingModel.LOSS, losses(), Shape.of());
    update(backward());
    return new TrainingModel(onnx.build(Map.of()), state, layers.masks());
  }

  private void declareParameters() {
    for (Node node : graph.nodes()) {
      node.parameters()
          .forEach(
              parameter -> {
                String name = node.name(parameter);
                if (node.frozen()) {
                  onnx.initializer(name, checkpoint.weights().tensor(name));
                } else {
                  onnx.input(name, parameter.shape());
                  state.put(name, parameter.shape());
                }
              });
    }
  }

  private void forward() {
    ForwardLowering lowering = ForwardLowering.of(onnx, layers, graph);
    for (Node node : graph.nodes()) {
      onnx.scope(node.path());
      Site site = new Site(node, node.inputs().stream().map(values::get).toList());
      sites.put(node.path(), site);
      values.put(node.path(), node.layer().accept(lowering, site));
    }
    graph
        .outputs()
        .forEach(
            (name, path) ->
                onnx.batchOutput(
                    TrainingModel.output(name), values.get(path), graph.node(path).shape()));
  }

  private String losses() {
    List<String> sums = new ArrayList<>();
    for (Objective objective : plan.objectives()) {
      onnx.scope("loss/" + objective.output());
      Node node = graph.output(objective.output());
      String target = onnx.batchInput(TrainingModel.target(objective.output()), node.shape());
      String scale = onnx.input(TrainingModel.scale(objective.output()), Shape.of());
      LossGradient.Values loss =
          objective.loss().accept(new LossGradient(onnx, values.get(node.path()), target, scale));
      sums.add(loss.loss());
      addGradient(node.path(), loss.gradient());
    }
    return sums.size() == 1 ? sums.get(0) : onnx.node("Sum", sums);
  }

  private Map<String, String> backward() {
    GradientRules rules = new GradientRules(onnx, layers);
    Set<String> pooledRelus = pooledRelus();
    Set<String> reaching = reachingTrained();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (!gradients.containsKey(node.path()) || !reaching.contains(node.path())) {
        continue;
      }
      onnx.scope("gradient/" + node.path());
      if (pooledRelus.contains(node.path())) {
        addGradient(node.inputs().get(0), gradient(node.path()));
        continue;
      }
      List<Boolean> wanted = node.inputs().stream().map(reaching::contains).toList();
      Gradients result =
          node.layer()
              .accept(
                  rules,
                  new GradientSite(
                      sites.get(node.path()),
                      values.get(node.path()),
                      masked(node, pooledRelus),
                      wanted,
                      !node.frozen()));
      parameters.putAll(result.parameters());
      for (int input = 0; input < result.inputs().size(); input++) {
        if (wanted.get(input)) {
          addGradient(node.inputs().get(input), result.inputs().get(input));
        }
      }
    }
    return parameters;
  }

  private void update(Map<String, String> parameterGradients) {
    onnx.scope("update");
    OnnxArithmetic arithmetic = new OnnxArithmetic(onnx);
    Map<String, String> scalars = new LinkedHashMap<>();
    plan.scalars()
        .forEach(name -> scalars.put(name, onnx.input(TrainingModel.scalar(name), Shape.of())));
    Map<String, String> clipped = plan.clipping().clip(arithmetic, parameterGradients);
    trained.forEach(
        (name, shape) -> {
          onnx.scope("update/" + name);
          Map<String, String> slots = new LinkedHashMap<>();
          for (String slot : plan.optimizer().slots()) {
            String full = TrainingModel.slot(slot, name);
            slots.put(slot, onnx.input(full, shape));
            state.put(full, shape);
          }
          String gradient = clipped.get(name);
          Optimizer.Update<String> update =
              gradient == null
                  ? new Optimizer.Update<>(name, slots)
                  : plan.update(arithmetic, name, shape, name, gradient, slots, scalars);
          onnx.output(TrainingModel.next(name), update.weight(), shape);
          update
              .slots()
              .forEach(
                  (slot, value) ->
                      onnx.output(
                          TrainingModel.next(TrainingModel.slot(slot, name)), value, shape));
        });
    layers
        .movedStatistics()
        .forEach((name, value) -> onnx.output(TrainingModel.next(name), value, state.get(name)));
  }

  /**
   * The relus that only a max pool reads. A window's maximum passes the relu exactly if the pool's
   * output is positive, so the mask is applied there, on far fewer elements.
   */
  private Set<String> pooledRelus() {
    Map<String, List<Node>> readers = new HashMap<>();
    for (Node node : graph.nodes()) {
      node.inputs()
          .forEach(path -> readers.computeIfAbsent(path, p -> new ArrayList<>()).add(node));
    }
    Set<String> result = new HashSet<>();
    for (Node node : graph.nodes()) {
      List<Node> reading = readers.getOrDefault(node.path(), List.of());
      if (node.layer().equals(Layer.relu())
          && reading.size() == 1
          && layers.indices(reading.get(0).path()) != null
          && !graph.outputs().containsValue(node.path())) {
        result.add(node.path());
      }
    }
    return result;
  }

  private String masked(Node node, Set<String> pooledRelus) {
    String gradient = gradient(node.path());
    return !node.inputs().isEmpty() && pooledRelus.contains(node.inputs().get(0))
        ? ActivationGradient.ofRelu(onnx, values.get(node.path()), gradient)
        : gradient;
  }

  /** Paths of the nodes through which a gradient must pass to reach something that is trained. */
  private Set<String> reachingTrained() {
    Set<String> result = new HashSet<>();
    for (Node node : graph.nodes()) {
      boolean own = node.parameters().stream().anyMatch(p -> trained.containsKey(node.name(p)));
      if (own || node.inputs().stream().anyMatch(result::contains)) {
        result.add(node.path());
      }
    }
    return result;
  }

  private void addGradient(String path, String gradient) {
    gradients.computeIfAbsent(path, p -> new ArrayList<>()).add(gradient);
  }

  private String gradient(String path) {
    List<String> parts = gradients.get(path);
    return parts.size() == 1 ? parts.get(0) : onnx.node("Sum", parts);
  }
}
