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

/**
 * Checks that nodes form a valid graph. Every graph is verified, whether built, read or
 * transformed.
 */
final class GraphVerifier {
  private GraphVerifier() {}

  /**
   * @throws GraphException if a path occurs twice, a node reads a value that no earlier node
   *     produces, a shape differs from the inferred one, or an output is missing
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
            "%s: %s maps %s to %s, but its inputs are %s"
                .formatted(name, node.path(), node.inputShapes(), node.shape(), shapes));
      }
      batched.put(node.path(), node.batched());
      List<Boolean> rows = node.inputs().stream().map(batched::get).toList();
      if (batched(name, node.path(), node.layer(), rows) != node.batched()) {
        throw new GraphException(
            "%s: %s is %s, which contradicts its inputs"
                .formatted(name, node.path(), node.batched() ? "batched" : "not batched"));
      }
      if (known.put(node.path(), node.shape()) != null) {
        throw new GraphException("%s: two nodes have the path %s".formatted(name, node.path()));
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
   * Returns whether the output has a row for each sample.
   *
   * @throws GraphException if {@link Layer#batched} throws it; the message adds the names of graph
   *     and node
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
          "%s: %s reads %s, which is not an earlier node".formatted(name, node.path(), input));
    }
    return shape;
  }

  /**
   * Returns the output shape.
   *
   * @throws GraphException if the inputs are incompatible with the layer, or its parameters would
   *     be too large; the message adds the names of graph and node
   */
  static Shape infer(String name, String path, Layer layer, List<Shape> inputs) {
    try {
      Shape shape = layer.outputShape(inputs);
      if (shape.elements() == 0) {
        throw new GraphException(
            "has an empty output %s; every size must be positive".formatted(shape));
      }
      layer.parameters(inputs);
      return shape;
    } catch (TrifocalException e) {
      throw new GraphException("%s: %s %s".formatted(name, path, e.getMessage()), e);
    }
  }
}
