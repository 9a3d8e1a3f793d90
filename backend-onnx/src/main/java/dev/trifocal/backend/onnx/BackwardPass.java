package dev.trifocal.backend.onnx;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.graph.RecomputationPlan;
import dev.trifocal.graph.RecomputationPlan.Block;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes the nodes of a graph in training mode and of its backward pass. */
final class BackwardPass {
  /** The gradient of the loss, which all others are computed from. */
  static final String SEED = TrainingModel.gradient(TrainingModel.LOSS);

  private final OnnxGraphBuilder onnx;
  private final TrainingModeLayers layers;
  private final Graph graph;
  private final ForwardPass forward;
  private final RecomputationPlan plan;

  /** The parts of gradients whose nodes are still to come, by path. */
  private final Map<String, List<String>> pending = new LinkedHashMap<>();

  private BackwardPass(
      OnnxGraphBuilder onnx, TrainingModeLayers layers, Graph graph, RecomputationPlan plan) {
    this.onnx = onnx;
    this.layers = layers;
    this.graph = graph;
    this.plan = plan;
    this.forward = ForwardPass.of(onnx, layers, graph);
  }

  /**
   * Writes the forward pass.
   *
   * @param plan the blocks that the backward pass runs again
   */
  static BackwardPass of(
      OnnxGraphBuilder onnx, TrainingModeLayers layers, Graph graph, RecomputationPlan plan) {
    return new BackwardPass(onnx, layers, graph, plan);
  }

  /** Returns the ONNX value of a node. */
  String value(String path) {
    return forward.value(path);
  }

  /**
   * Writes the backward pass.
   *
   * @param loss path of a node with a scalar value
   * @param factor ONNX value of the number that all gradients are multiplied by; empty for 1
   * @return gradients of the parameters that the loss depends on, by full name
   */
  Map<String, String> gradients(String loss, Optional<String> factor) {
    String one = onnx.initializer(SEED, Tensor.of(Shape.of(1), 1f));
    addGradient(
        loss, factor.map(value -> new OnnxArithmetic(onnx).multiply(one, value)).orElse(one));
    GradientRules rules = new GradientRules(onnx, layers);
    Set<String> pooledRelus = pooledRelus();
    Set<String> reaching = graph.leadingToTrained();
    Map<String, String> parameters = new LinkedHashMap<>();
    List<Block> blocks = plan.blocks();
    for (int b = blocks.size() - 1; b >= 0; b--) {
      pending.keySet().retainAll(reaching);
      if (b < blocks.size() - 1 && !pending.isEmpty()) {
        forward.repeat(
            blocks.get(b), reaching, pending.values().stream().flatMap(List::stream).toList());
      }
      List<Node> nodes = blocks.get(b).nodes();
      for (int i = nodes.size() - 1; i >= 0; i--) {
        if (pending.containsKey(nodes.get(i).path()) && reaching.contains(nodes.get(i).path())) {
          parameters.putAll(gradients(rules, nodes.get(i), pooledRelus, reaching));
        }
      }
    }
    return ordered(parameters);
  }

  /** Adds the gradients of a node's inputs and returns those of its parameters. */
  private Map<String, String> gradients(
      GradientRules rules, Node node, Set<String> pooledRelus, Set<String> reaching) {
    onnx.scope("gradient/" + node.path());
    if (pooledRelus.contains(node.path())) {
      addGradient(node.inputs().get(0), gradient(node.path()));
      return Map.of();
    }
    forward.alignLayouts(node);
    List<Boolean> wanted = node.inputs().stream().map(reaching::contains).toList();
    LayerGradients result =
        node.layer()
            .accept(
                rules,
                new GradientContext(
                    forward.context(node.path()),
                    forward.value(node.path()),
                    masked(node, pooledRelus),
                    wanted,
                    node.inputs().stream().map(graph::node).map(Node::batched).toList(),
                    !node.frozen()));
    for (int input = 0; input < result.inputs().size(); input++) {
      if (wanted.get(input)) {
        addGradient(node.inputs().get(input), result.inputs().get(input));
      }
    }
    return result.parameters();
  }

  /** Sorts gradients in the order of the graph's parameters. */
  private Map<String, String> ordered(Map<String, String> parameters) {
    Map<String, String> result = new LinkedHashMap<>();
    graph.trainableShapes().keySet().stream()
        .filter(parameters::containsKey)
        .forEach(name -> result.put(name, parameters.get(name)));
    return result;
  }

  /**
   * Returns the relus whose only user is a max pool. The maximum of a window passes through the
   * relu exactly if the output of the pool is positive, so the mask can be applied to the pool's
   * gradient, which has far fewer elements.
   */
  private Set<String> pooledRelus() {
    Set<String> once = layers.readOnce();
    Set<String> result = new HashSet<>();
    for (Node reader : graph.nodes()) {
      if (layers.indices(reader.path()) != null) {
        reader.inputs().stream()
            .filter(path -> once.contains(path) && graph.node(path).layer().equals(Layer.relu()))
            .forEach(result::add);
      }
    }
    return result;
  }

  private String masked(Node node, Set<String> pooledRelus) {
    String gradient = gradient(node.path());
    return !node.inputs().isEmpty() && pooledRelus.contains(node.inputs().get(0))
        ? ActivationGradient.ofRelu(onnx, forward.value(node.path()), gradient)
        : gradient;
  }

  private void addGradient(String path, String gradient) {
    pending.computeIfAbsent(path, p -> new ArrayList<>()).add(gradient);
  }

  private String gradient(String path) {
    List<String> parts = pending.remove(path);
    if (parts.size() == 1) {
      return parts.get(0);
    }
    NchwcValues inBlocks = layers.values();
    if (parts.stream().noneMatch(inBlocks::has)) {
      return onnx.node("Sum", parts);
    }
    return inBlocks.add(
        onnx.node("Sum", parts.stream().map(inBlocks::blocked).toList()),
        graph.node(path).shape().size(0));
  }
}
