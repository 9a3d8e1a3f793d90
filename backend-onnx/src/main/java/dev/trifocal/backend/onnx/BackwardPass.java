package dev.trifocal.backend.onnx;

import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Layer;
import dev.trifocal.onnx.ForwardLowering;
import dev.trifocal.onnx.NodeContext;
import dev.trifocal.onnx.OnnxGraphBuilder;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the nodes of a graph in training mode and of its backward pass. */
final class BackwardPass {
  /** The gradient of the loss, which all others are computed from. */
  static final String SEED = TrainingModel.gradient(TrainingModel.LOSS);

  private final OnnxGraphBuilder onnx;
  private final TrainingModeLayers layers;
  private final Graph graph;
  private final Map<String, NodeContext> contexts = new HashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, List<String>> gradients = new HashMap<>();

  private BackwardPass(OnnxGraphBuilder onnx, TrainingModeLayers layers, Graph graph) {
    this.onnx = onnx;
    this.layers = layers;
    this.graph = graph;
  }

  /** Writes the forward pass. */
  static BackwardPass of(OnnxGraphBuilder onnx, TrainingModeLayers layers, Graph graph) {
    BackwardPass pass = new BackwardPass(onnx, layers, graph);
    ForwardLowering lowering = ForwardLowering.of(onnx, layers, graph);
    for (Node node : graph.nodes()) {
      onnx.scope(node.path());
      NodeContext context =
          new NodeContext(node, node.inputs().stream().map(pass.values::get).toList());
      pass.contexts.put(node.path(), context);
      pass.values.put(node.path(), node.layer().accept(lowering, context));
    }
    return pass;
  }

  /** Returns the ONNX value of a node. */
  String value(String path) {
    return values.get(path);
  }

  /**
   * Writes the backward pass.
   *
   * @param loss path of a node with a scalar value
   * @return gradients of the parameters that the loss depends on, by full name
   */
  Map<String, String> gradients(String loss) {
    addGradient(loss, onnx.initializer(SEED, Tensor.of(Shape.of(1), 1f)));
    GradientRules rules = new GradientRules(onnx, layers);
    Set<String> pooledRelus = pooledRelus();
    Set<String> reaching = graph.leadingToTrained();
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
      LayerGradients result =
          node.layer()
              .accept(
                  rules,
                  new GradientContext(
                      contexts.get(node.path()),
                      values.get(node.path()),
                      masked(node, pooledRelus),
                      wanted,
                      node.inputs().stream().map(graph::node).map(Node::batched).toList(),
                      !node.frozen()));
      parameters.putAll(result.parameters());
      for (int input = 0; input < result.inputs().size(); input++) {
        if (wanted.get(input)) {
          addGradient(node.inputs().get(input), result.inputs().get(input));
        }
      }
    }
    return ordered(parameters);
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
        ? ActivationGradient.ofRelu(onnx, values.get(node.path()), gradient)
        : gradient;
  }

  private void addGradient(String path, String gradient) {
    gradients.computeIfAbsent(path, p -> new ArrayList<>()).add(gradient);
  }

  private String gradient(String path) {
    List<String> parts = gradients.get(path);
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
