package dev.trifocal.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.trifocal.error.GraphException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.layer.Input;
import dev.trifocal.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rebuilds a graph with a single image input for other image sizes. */
record InputResizing(Graph graph, Meaning meaning) {
  /**
   * The ONNX form of a graph without weights and input sizes.
   *
   * @param nodes nodes and constants
   * @param reliedOn axis sizes that the nodes depend on
   */
  record Meaning(GraphProto nodes, List<Integer> reliedOn, Map<String, Shape> weights) {
    static Meaning of(Graph graph) {
      OnnxGraphBuilder onnx = new OnnxGraphBuilder(graph.name());
      new LoweredGraph(graph, onnx, DynamicSizes.none(graph)).write();
      GraphProto.Builder nodes = onnx.build(Map.of()).getGraph().toBuilder();
      return new Meaning(
          nodes.clearInput().clearOutput().build(), onnx.reliedOn(), graph.weightShapes());
    }
  }

  static InputResizing of(Graph graph) {
    return new InputResizing(graph, Meaning.of(graph));
  }

  /** Returns the graph for an image enlarged by these factors, if its ONNX form is unchanged. */
  Optional<Graph> alike(int height, int width) {
    return resized(height, width).filter(other -> Meaning.of(other).equals(meaning));
  }

  private Optional<Graph> resized(int height, int width) {
    String image = graph.inputs().get(0).path();
    Map<String, Shape> shapes = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    try {
      for (Node node : graph.nodes()) {
        List<Shape> inputs = node.inputs().stream().map(shapes::get).toList();
        Shape shape =
            node.path().equals(image)
                ? larger(node.shape(), height, width)
                : node.layer().outputShape(inputs);
        shapes.put(node.path(), shape);
        nodes.add(
            new Node(
                node.path(),
                node.path().equals(image) ? new Input(shape) : node.layer(),
                node.inputs(),
                inputs,
                shape,
                node.batched(),
                node.frozen()));
      }
      return Optional.of(new Graph(graph.name(), nodes, graph.outputs()));
    } catch (GraphException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Shape larger(Shape image, int height, int width) {
    return image
        .with(1, Math.multiplyExact(image.size(1), height))
        .with(2, Math.multiplyExact(image.size(2), width));
  }
}
