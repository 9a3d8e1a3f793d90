package dev.trifocal.graph;

import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Parameter;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * A layer at its place in a graph.
 *
 * @param path unique in the graph, dots between the parts, as torchvision spells it: {@code
 *     layer1.0.conv1}
 * @param inputs paths of the nodes that it reads
 * @param inputShapes their shapes, of one sample each
 * @param shape of its output, of one sample
 * @param frozen whether training leaves the layer as it is: nothing learned changes, and batch norm
 *     stays in inference mode
 */
public record Node(
    String path,
    Layer layer,
    List<String> inputs,
    List<Shape> inputShapes,
    Shape shape,
    boolean frozen) {
  public Node {
    inputs = List.copyOf(inputs);
    inputShapes = List.copyOf(inputShapes);
  }

  public List<Parameter> parameters() {
    return layer.parameters(inputShapes);
  }

  /** The full name of one of this node's parameters: {@code layer1.0.conv1.weight}. */
  public String name(Parameter parameter) {
    return path + "." + parameter.name();
  }

  Node freeze(boolean whether) {
    return new Node(path, layer, inputs, inputShapes, shape, whether);
  }
}
