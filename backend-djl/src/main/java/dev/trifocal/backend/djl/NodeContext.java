package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A node while it is run.
 *
 * @param inputs values of its inputs, {@code [N, ...]} each
 * @param weights all tensors of the graph by full name
 */
record NodeContext(Node node, List<PtNDArray> inputs, Map<String, PtNDArray> weights) {
  /** Returns the only or first input. */
  PtNDArray input() {
    return inputs.get(0);
  }

  /** Returns this context with another only input. */
  NodeContext input(PtNDArray other) {
    return new NodeContext(node, List.of(other), weights);
  }

  /** Returns a parameter of the node, such as {@code weight} or {@code bias}. */
  PtNDArray parameter(String name) {
    return weights.get(node.path() + "." + name);
  }

  /** Returns a per-channel parameter of the node, shaped to broadcast over space. */
  PtNDArray channels(String name) {
    return channels(parameter(name));
  }

  /**
   * Returns constants, one per channel and shaped to broadcast over space, or one for all elements.
   */
  PtNDArray channels(List<Float> values) {
    if (values.size() == 1) {
      return NativeScalars.of(input(), values.get(0));
    }
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return channels(NativeScalars.of(input(), floats, floats.length));
  }

  private PtNDArray channels(PtNDArray values) {
    long[] sizes = new long[node.shape().rank()];
    Arrays.fill(sizes, 1);
    sizes[0] = node.shape().size(0);
    return JniUtils.reshape(values, sizes);
  }
}
