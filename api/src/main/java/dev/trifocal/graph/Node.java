package dev.trifocal.graph;

import dev.trifocal.layer.Layer;
import dev.trifocal.layer.Parameter;
import dev.trifocal.shape.Shape;
import java.util.List;

/**
 * A layer at its place in a graph.
 *
 * @param path unique path with dots between its parts, as in torchvision: {@code layer1.0.conv1}
 * @param inputs paths of the nodes that this node reads
 * @param inputShapes input shapes of one sample
 * @param shape output shape of one sample
 * @param batched whether the output has a row for each sample rather than one row for all; see
 *     {@link Layer#batched}
 * @param frozen whether the layer is excluded from training: its parameters do not change, and
 *     batch norm uses its running statistics
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

  /**
   * Returns the parameters that training updates: the learned ones, none if this node is frozen.
   */
  public List<Parameter> trained() {
    return frozen
        ? List.of()
        : parameters().stream().filter(p -> p.role() == Parameter.Role.LEARNED).toList();
  }

  /** Returns the full name of one of this node's parameters: {@code layer1.0.conv1.weight}. */
  public String name(Parameter parameter) {
    return path + "." + parameter.name();
  }

  /**
   * Returns the output shape for a whole batch: {@code [N, ...]}, or {@code [1, ...]} if the output
   * is not batched.
   */
  public Shape batchShape(int samples) {
    return shape.batch(batched ? samples : 1);
  }

  Node freeze(boolean whether) {
    return new Node(path, layer, inputs, inputShapes, shape, batched, whether);
  }
}
