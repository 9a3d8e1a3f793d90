package dev.trifocal.backend.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.profile.StepPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the layers and the phase of the nodes that ONNX Runtime runs. Nodes of the compiled model
 * are named after both. Nodes that ONNX Runtime's optimiser replaced or fused keep the name of the
 * last original in theirs; a node that it inserted belongs to the first node that reads its value,
 * or else to the one that computes its input.
 */
final class NodeOrigins {
  /** How many nodes ONNX Runtime fuses in a row at most: Conv, BatchNormalization, Add, Relu. */
  private static final int LONGEST_FUSION = 4;

  private static final String FUSED = "fused ";

  private final Map<String, NodeProto> originals = new HashMap<>();
  private final Map<String, NodeProto> optimised = new HashMap<>();
  private final Map<String, NodeProto> writers = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Set<String> paths = new HashSet<>();
  private final Map<String, String> owners = new HashMap<>();

  private NodeOrigins(Graph graph) {
    for (Node node : graph.nodes()) {
      paths.add(node.path());
      node.parameters().forEach(parameter -> owners.put(node.name(parameter), node.path()));
    }
  }

  /**
   * @param model the compiled model
   * @param optimised the model as optimised by ONNX Runtime, or an empty one
   * @param graph the graph whose layers the nodes are named after
   */
  static NodeOrigins of(ModelProto model, ModelProto optimised, Graph graph) {
    NodeOrigins result = new NodeOrigins(graph);
    for (NodeProto node : model.getGraph().getNodeList()) {
      node.getOutputList().forEach(value -> result.originals.put(value, node));
    }
    model.getGraph().getNodeList().forEach(node -> result.originals.put(node.getName(), node));
    for (NodeProto node : optimised.getGraph().getNodeList()) {
      result.optimised.put(node.getName(), node);
      node.getOutputList().forEach(value -> result.writers.put(value, node));
      node.getInputList()
          .forEach(
              value -> result.readers.computeIfAbsent(value, v -> new ArrayList<>()).add(node));
    }
    return result;
  }

  /**
   * Returns the origin of a node.
   *
   * @param name name of the node that ONNX Runtime ran
   * @param operator operator of that node
   */
  NodeOrigin of(String name, String operator) {
    return named(name, operator)
        .or(() -> Optional.ofNullable(optimised.get(name)).flatMap(this::inserted))
        .orElse(NodeOrigin.UNKNOWN);
  }

  private Optional<NodeOrigin> inserted(NodeProto node) {
    return node.getOutputList().stream()
        .flatMap(value -> readers.getOrDefault(value, List.of()).stream())
        .flatMap(reader -> named(reader.getName(), reader.getOpType()).stream())
        .findFirst()
        .or(
            () ->
                node.getInputList().stream()
                    .filter(writers::containsKey)
                    .map(writers::get)
                    .flatMap(writer -> named(writer.getName(), writer.getOpType()).stream())
                    .findFirst());
  }

  private Optional<NodeOrigin> named(String name, String operator) {
    return original(name)
        .map(
            last -> {
              List<NodeProto> fused = fusion(last, operator, LONGEST_FUSION);
              StepPhase phase = origin(last).phase();
              return new NodeOrigin(
                  fused.stream()
                      .flatMap(node -> origin(node).layers().stream())
                      .distinct()
                      .toList(),
                  phase);
            });
  }

  /** Returns the node of the compiled model whose name is contained in a name. */
  private Optional<NodeProto> original(String name) {
    String rest = name.startsWith(FUSED) ? name.substring(FUSED.length()) : name;
    while (!originals.containsKey(rest)) {
      int end = Math.max(rest.lastIndexOf('_'), rest.lastIndexOf('/'));
      if (end <= 0) {
        return Optional.empty();
      }
      rest = rest.substring(0, end);
    }
    return Optional.of(originals.get(rest));
  }

  /** Returns the nodes from the nearest one with an operator up to the last one. */
  private List<NodeProto> fusion(NodeProto last, String operator, int longest) {
    return path(last, operator.replaceFirst("^Fused", ""), longest).orElse(List.of(last));
  }

  private Optional<List<NodeProto>> path(NodeProto node, String operator, int longest) {
    if (node.getOpType().equals(operator)) {
      return Optional.of(List.of(node));
    }
    if (longest == 1) {
      return Optional.empty();
    }
    return node.getInputList().stream()
        .filter(originals::containsKey)
        .map(originals::get)
        .filter(input -> origin(input).phase() == origin(node).phase())
        .flatMap(input -> path(input, operator, longest - 1).stream())
        .findFirst()
        .map(
            nodes -> {
              List<NodeProto> longer = new ArrayList<>(nodes);
              longer.add(node);
              return longer;
            });
  }

  /** Reads the layer and the phase from the name that {@link StepCompiler} gave a node. */
  private NodeOrigin origin(NodeProto node) {
    String[] parts = node.getName().split("/", -1);
    if (paths.contains(parts[0]) && parts.length == 2) {
      return new NodeOrigin(List.of(parts[0]), StepPhase.FORWARD);
    }
    return switch (parts[0]) {
      case "recompute", "gradient" -> new NodeOrigin(List.of(parts[1]), StepPhase.BACKWARD);
      case "sum" -> new NodeOrigin(owner(parts[1]), StepPhase.BACKWARD);
      case "update" -> new NodeOrigin(owner(parts[1]), StepPhase.UPDATE);
      case "mean" -> new NodeOrigin(List.of(), StepPhase.UPDATE);
      default -> NodeOrigin.UNKNOWN;
    };
  }

  private List<String> owner(String parameter) {
    return Optional.ofNullable(owners.get(parameter)).stream().toList();
  }
}
