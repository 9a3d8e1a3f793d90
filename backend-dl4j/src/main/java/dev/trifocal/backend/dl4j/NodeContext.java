package dev.trifocal.backend.dl4j;

import dev.trifocal.graph.Node;
import dev.trifocal.shape.Shape;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A node while it is run.
 *
 * @param inputs values of its inputs, {@code [N, ...]}
 * @param batch rows of its output: the number of samples, or 1 if it is not batched
 * @param given weights by full name, and inputs of the graph by path
 */
record NodeContext(Node node, List<INDArray> inputs, Map<String, INDArray> given, int batch) {

  INDArray input() {
    return inputs.get(0);
  }

  INDArray parameter(String name) {
    return given.get(node.path() + "." + name);
  }

  /**
   * Returns a per-channel parameter, shaped {@code [1, C, 1, 1]} to broadcast over batch and space.
   */
  INDArray channels(String name) {
    return channels(parameter(name));
  }

  INDArray channels(INDArray perChannel) {
    long[] sizes = new long[node.shape().rank() + 1];
    java.util.Arrays.fill(sizes, 1);
    sizes[1] = perChannel.length();
    return ArrayViews.shaped(perChannel, sizes);
  }

  long[] outputSizes() {
    return sizes(node.shape());
  }

  long[] inputSizes() {
    return sizes(node.inputShapes().get(0));
  }

  long[] sizes(Shape sample) {
    return sample.batch(batch).toLongs();
  }
}
