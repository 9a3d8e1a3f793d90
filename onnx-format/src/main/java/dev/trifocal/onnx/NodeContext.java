package dev.trifocal.onnx;

import dev.trifocal.graph.Node;
import java.util.List;

/**
 * Where a layer is lowered.
 *
 * @param inputs names of the ONNX values that the node reads
 */
public record NodeContext(Node node, List<String> inputs) {
  /** The only input. */
  public String input() {
    return inputs.get(0);
  }

  /** The full name of one of the node's parameters, which is its ONNX value name too. */
  public String parameter(String name) {
    return node.path() + "." + name;
  }
}
