package dev.trifocal.testkit.reference;

import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node in a pass.
 *
 * @param batch the number of samples
 * @param inputs of the node, {@code [N, ...]}
 * @param weights of the whole graph
 * @param training empty in evaluation mode, and where the node is frozen
 * @param statistics where new running values are put
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

  /** One of the node's parameters, by the last part of its name. */
  ReferenceArray weight(String name) {
    return weights.get(node.path() + "." + name);
  }

  /** One per output channel; zeros where the layer has none. */
  ReferenceArray bias() {
    ReferenceArray bias = weight("bias");
    return bias == null ? ReferenceArray.zeros(Shape.of(node.shape().size(0))) : bias;
  }

  void statistic(String name, ReferenceArray value) {
    statistics.put(node.path() + "." + name, value);
  }

  /** {@code [N, ...]}, or {@code [1, ...]} where the node is not batched. */
  Shape outputShape() {
    return node.batchShape(batch);
  }

  /** The output, all zero yet. */
  ReferenceArray output() {
    return ReferenceArray.zeros(outputShape());
  }
}
