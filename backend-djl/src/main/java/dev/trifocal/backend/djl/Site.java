package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import dev.trifocal.graph.Node;
import java.util.List;
import java.util.Map;

/**
 * A node while it is computed.
 *
 * @param inputs values of its inputs, {@code [N, ...]} each
 * @param weights all tensors of the graph by full name
 */
record Site(Node node, List<PtNDArray> inputs, Map<String, PtNDArray> weights) {
  /** The only input, or the first. */
  PtNDArray input() {
    return inputs.get(0);
  }

  /** One of the node's own parameters: {@code weight}, {@code bias}, ... */
  PtNDArray parameter(String name) {
    return weights.get(node.path() + "." + name);
  }
}
