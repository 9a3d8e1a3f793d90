package dev.trifocal.backend;

import dev.trifocal.error.DataException;
import dev.trifocal.graph.Graph;
import dev.trifocal.graph.Node;
import dev.trifocal.tensor.DataType;
import dev.trifocal.tensor.Tensor;
import dev.trifocal.train.LossGraph;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The validated inputs of a training step.
 *
 * @param batch number of samples
 * @param inputs inputs of {@link LossGraph#graph} by path of the input node: those of the network
 *     and the encoded labels
 */
public record StepInputs(int batch, Map<String, Tensor> inputs) {

  /**
   * Validates a batch and encodes its labels.
   *
   * @param labels labels by the names that the objectives use
   * @throws DataException if an input or label is missing or has the wrong shape or type, or if a
   *     batch norm would see only one value per channel
   */
  public static StepInputs of(
      LossGraph loss, Map<String, Tensor> inputs, Map<String, Tensor> labels) {
    int batch = batch(loss.network(), inputs);
    requireStatistics(loss.network(), batch);
    Map<String, Tensor> all = new LinkedHashMap<>();
    loss.network().inputs().forEach(node -> all.put(node.path(), inputs.get(node.path())));
    all.putAll(loss.encode(labels, batch));
    return new StepInputs(batch, all);
  }

  /**
   * Returns the number of samples in a graph's inputs; 1 if the graph has no inputs.
   *
   * @throws DataException if an input is missing or has the wrong shape or type, or if the inputs
   *     differ in the number of samples
   */
  public static int batch(Graph graph, Map<String, Tensor> inputs) {
    int batch = graph.inputs().isEmpty() ? 1 : 0;
    for (Node node : graph.inputs()) {
      Tensor tensor = inputs.get(node.path());
      if (tensor == null) {
        throw new DataException(
            "%s: input '%s' is missing; got %s"
                .formatted(graph.name(), node.path(), inputs.keySet()));
      }
      boolean fits =
          tensor.type() == DataType.FLOAT32
              && tensor.shape().rank() == node.shape().rank() + 1
              && tensor.shape().sample().equals(node.shape())
              && (batch == 0 || batch == tensor.shape().size(0));
      if (!fits) {
        throw new DataException(
            "%s: input '%s' must be FLOAT32 [%s, %s], but is %s"
                .formatted(
                    graph.name(),
                    node.path(),
                    batch == 0 ? "N" : batch,
                    node.shape().toString().replaceAll("[\\[\\]]", ""),
                    tensor));
      }
      batch = tensor.shape().size(0);
    }
    return batch;
  }

  private static void requireStatistics(Graph graph, int batch) {
    for (Node node : graph.nodes()) {
      int rows = node.batched() ? batch : 1;
      if (!node.frozen() && rows < node.layer().smallestBatch(node.inputShapes())) {
        throw new DataException(
            "%s: %s (%s) needs more than one value per channel to train, but the batch is one"
                    .formatted(graph.name(), node.path(), node.layer().kind())
                + " sample of "
                + node.shape());
      }
    }
  }
}
