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
 * @param batched whether its output has a row for each sample, rather than one row for all: see
 *     {@link Layer#batched}
 * @param frozen whether training leaves the layer as it is: nothing learned changes, and batch norm
 *     stays in inference mode
 */
public record Node(
    String path,
    Layer layer,
    List<String> inputs,
    List<Shape> inputShapes,
    Shape shape,
    boolean batched,
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

  /**
   * The shape of the output for a whole batch: {@code [N, ...]}, or {@code [1, ...]} if it is not
   * batched.
   */
  public Shape batchShape(int samples) {
    return shape.batch(batched ? samples : 1);
  }

  Node freeze(boolean whether) {
    return new Node(path, layer, inputs, inputShapes, shape, batched, whether);
  }
}
