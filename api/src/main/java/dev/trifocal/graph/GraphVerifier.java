package dev.trifocal.graph;

import dev.trifocal.error.GraphException;
import dev.trifocal.error.TrifocalException;
import dev.trifocal.layer.Layer;
import dev.trifocal.shape.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which lists of nodes are graphs; every graph, drawn, read or transformed, passes here. */
final class GraphVerifier {
  private GraphVerifier() {}

  /**
   * @throws GraphException if a path stands twice, a node reads what no earlier node makes, a shape
   *     is not what the layer says, or an output is missing
   */
  static void verify(String name, List<Node> nodes, Map<String, String> outputs) {
    Map<String, Shape> known = new HashMap<>();
    Map<String, Boolean> batched = new HashMap<>();
    for (Node node : nodes) {
      List<Shape> shapes =
          node.inputs().stream().map(input -> shape(name, node, known, input)).toList();
      if (!shapes.equals(node.inputShapes())
          || !infer(name, node.path(), node.layer(), shapes).equals(node.shape())) {
        throw new GraphException(
            "%s: %s has shapes %s to %s, but its inputs are %s"
                .formatted(name, node.path(), node.inputShapes(), node.shape(), shapes));
      }
      batched.put(node.path(), node.batched());
      List<Boolean> rows = node.inputs().stream().map(batched::get).toList();
      if (batched(name, node.path(), node.layer(), rows) != node.batched()) {
        throw new GraphException(
            "%s: %s is %s, but its inputs say otherwise"
                .formatted(name, node.path(), node.batched() ? "batched" : "not batched"));
      }
      if (known.put(node.path(), node.shape()) != null) {
        throw new GraphException("%s: there are two nodes at %s".formatted(name, node.path()));
      }
    }
    if (outputs.isEmpty()) {
      throw new GraphException(name + ": a graph needs an output");
    }
    Set<String> inputs = inputs(nodes);
    outputs.forEach(
        (output, path) -> {
          if (!known.containsKey(path)) {
            throw new GraphException(
                "%s: output '%s' is %s, which is not a node".formatted(name, output, path));
          }
          if (inputs.contains(output)) {
            throw new GraphException(
                "%s: output '%s' has the name of an input".formatted(name, output));
          }
        });
  }

  /**
   * Whether the output has a row for each sample.
   *
   * @throws GraphException as {@link Layer#batched} does, with the names of graph and node
   */
  static boolean batched(String name, String path, Layer layer, List<Boolean> inputs) {
    try {
      return layer.batched(inputs);
    } catch (GraphException e) {
      throw new GraphException("%s: %s %s".formatted(name, path, e.getMessage()), e);
    }
  }

  private static Set<String> inputs(List<Node> nodes) {
    return nodes.stream()
        .filter(node -> node.layer().isInput())
        .map(Node::path)
        .collect(Collectors.toSet());
  }

  private static Shape shape(String name, Node node, Map<String, Shape> known, String input) {
    Shape shape = known.get(input);
    if (shape == null) {
      throw new GraphException(
          "%s: %s reads %s, which no earlier node makes".formatted(name, node.path(), input));
    }
    return shape;
  }

  /**
   * The output's shape.
   *
   * @throws GraphException if the layer does not suit its inputs, or needs parameters too large to
   *     count; with the names of graph and node
   */
  static Shape infer(String name, String path, Layer layer, List<Shape> inputs) {
    try {
      Shape shape = layer.outputShape(inputs);
      layer.parameters(inputs);
      return shape;
    } catch (TrifocalException e) {
      throw new GraphException("%s: %s %s".formatted(name, path, e.getMessage()), e);
    }
  }
}
