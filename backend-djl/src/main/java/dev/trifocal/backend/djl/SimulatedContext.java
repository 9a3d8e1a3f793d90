package dev.trifocal.backend.djl;

import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node while its memory is simulated.
 *
 * @param inputs values of its inputs
 * @param weights all tensors of the graph by full name
 * @param batch number of samples
 */
record SimulatedContext(
    Node node, List<SimulatedArray> inputs, Map<String, SimulatedArray> weights, int batch) {
  /** Returns the only or first input. */
  SimulatedArray input() {
    return inputs.get(0);
  }

  /** Returns the shape of one sample of the only or first input. */
  Shape inputShape() {
    return node.inputShapes().get(0);
  }

  SimulatedArray parameter(String name) {
    return weights.get(node.path() + "." + name);
  }

  /** Returns the bias if the node has one. */
  Optional<SimulatedArray> bias() {
    return Optional.ofNullable(parameter("bias"));
  }

  /** Returns the number of elements of the node's value. */
  long elements() {
    return node.batchShape(batch).elements();
  }

  /** Returns the number of elements of images with the channels of the input. */
  long images(long height, long width) {
    return (long) batch * inputShape().size(0) * height * width;
  }
}
