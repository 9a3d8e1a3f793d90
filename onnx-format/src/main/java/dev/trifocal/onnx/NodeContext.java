package dev.trifocal.onnx;

import dev.trifocal.graph.Node;
import java.util.List;

/**
 * A node while it is lowered.
 *
 * @param inputs names of the ONNX values that the node takes
 */
public record NodeContext(Node node, List<String> inputs) {
  /** Returns the single input. */
  public String input() {
    return inputs.get(0);
  }

  /** Returns the full name of a parameter of the node, which is also its ONNX value name. */
  public String parameter(String name) {
    return node.path() + "." + name;
  }
}
