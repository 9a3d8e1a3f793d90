package dev.trifocal.selection;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.random.RandomStream;
import dev.trifocal.shape.Shape;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.LabelInput;
import dev.trifocal.train.LossGraph;
import java.util.LinkedHashMap;
import java.util.Map;

/** A batch for trials: inputs of the right shapes with random values, and labels to train with. */
final class RandomBatch {
  private RandomBatch() {}

  static void requirePositive(int batchSize) {
    if (batchSize < 1) {
      throw new ConfigurationException("the batch size must be positive, but is " + batchSize);
    }
  }

  /** Returns values in [0, 1) by path of the input node. */
  static Map<String, Tensor> inputs(Graph graph, int batchSize) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (Node node : graph.inputs()) {
      RandomStream random = RandomStream.of(0).at("trial").at(node.path());
      result.put(
          node.path(),
          Tensor.floats(
              node.shape().batch(batchSize),
              buffer -> {
                for (int i = 0; i < buffer.capacity(); i++) {
                  buffer.put(i, random.uniform(i));
                }
              }));
    }
    return result;
  }

  /**
   * Returns labels by name: equal shares of all classes, which are valid as class distributions,
   * probabilities and numbers.
   */
  static Map<String, Tensor> labels(LossGraph loss, int batchSize) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    for (LabelInput input : loss.labels()) {
      Shape output = input.output();
      float share = output.rank() == 0 ? 1 : 1f / output.size(0);
      result.put(
          input.label(),
          Tensor.floats(
              output.batch(batchSize),
              buffer -> {
                for (int i = 0; i < buffer.capacity(); i++) {
                  buffer.put(i, share);
                }
              }));
    }
    return result;
  }
}
