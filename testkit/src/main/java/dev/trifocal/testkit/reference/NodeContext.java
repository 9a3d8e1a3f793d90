package dev.trifocal.testkit.reference;

import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node in a forward pass.
 *
 * @param node the node
 * @param batch the number of samples
 * @param inputs the inputs of the node, {@code [N, ...]}
 * @param weights the weights of the whole graph
 * @param training the training step; empty in evaluation mode and for frozen nodes
 * @param statistics receives the updated running statistics
 */
record NodeContext(
    Node node,
    int batch,
    List<ReferenceArray> inputs,
    Map<String, ReferenceArray> weights,
    Optional<TrainingStep> training,
    Map<String, ReferenceArray> statistics) {

  ReferenceArray input() {
    return inputs.get(0);
  }

  /** Returns a parameter of the node by the last part of its name. */
  ReferenceArray weight(String name) {
    return weights.get(node.path() + "." + name);
  }

  /** Returns the bias, one per output channel; zeros if the layer has none. */
  ReferenceArray bias() {
    ReferenceArray bias = weight("bias");
    return bias == null ? ReferenceArray.zeros(Shape.of(node.shape().size(0))) : bias;
  }

  void statistic(String name, ReferenceArray value) {
    statistics.put(node.path() + "." + name, value);
  }

  /** Returns the shape of the output, {@code [N, ...]}, or {@code [1, ...]} without batch. */
  Shape outputShape() {
    return node.batchShape(batch);
  }

  /** Returns a new output array of zeros. */
  ReferenceArray output() {
    return ReferenceArray.zeros(outputShape());
  }
}
