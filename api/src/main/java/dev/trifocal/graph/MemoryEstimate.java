package dev.trifocal.graph;

import dev.trifocal.tensor.DataType;
import java.util.List;

/**
 * An estimate of the bytes that a graph needs in float32, computed without allocating them. Engine
 * overhead (workspace, code, weights in a second layout) is not included.
 *
 * @param input all inputs of one sample
 * @param activations layer outputs of one sample; {@code Flatten} adds none, because its output is
 *     a view
 * @param peak largest sum of live values for one sample during inference, including inputs; for a
 *     chain, the largest sum of two neighbours. As in engines, {@code Flatten} and {@code Dropout}
 *     are views, and an activation function overwrites an input that nothing else reads
 * @param parameters learned parameters, including frozen ones
 * @param statistics running means and variances
 * @param trainable learned parameters of layers that are not frozen
 */
public record MemoryEstimate(
    long input, long activations, long peak, long parameters, long statistics, long trainable) {

  /**
   * An estimate of the bytes needed for training with a batch.
   *
   * @param input inputs of the whole batch
   * @param activations layer outputs of the whole batch, kept for the backward pass
   * @param gradients gradients of the trainable parameters
   * @param slots optimizer slots
   */
  public record Training(
      long input, long activations, long parameters, long statistics, long gradients, long slots) {
    public long total() {
      return input + activations + parameters + statistics + gradients + slots;
    }
  }

  public static MemoryEstimate of(Graph graph) {
    GraphSummary summary = GraphSummary.of(graph);
    int size = DataType.FLOAT32.bytes();
    return new MemoryEstimate(
        bytes(graph.inputs()),
        bytes(graph.nodes().stream().filter(MemoryEstimate::made).toList()),
        LiveValues.peak(graph) * size,
        summary.parameters() * size,
        summary.statistics() * size,
        summary.trainable() * size);
  }

  /**
   * Returns the bytes needed for inference on one sample: peak activations, parameters and
   * statistics.
   */
  public long inference() {
    return peak + parameters + statistics;
  }

  /**
   * Returns the bytes needed for training.
   *
   * @param batch samples per batch
   * @param slotsPerParameter optimizer slots per parameter, for example 2 for Adam
   */
  public Training training(int batch, int slotsPerParameter) {
    return new Training(
        input * batch,
        activations * batch,
        parameters,
        statistics,
        trainable,
        trainable * slotsPerParameter);
  }

  private static boolean made(Node node) {
    return switch (node.layer().storage()) {
      case GIVEN, VIEW -> false;
      case OWN, VIEW_IN_EVALUATION, OVER_INPUT -> true;
    };
  }

  private static long bytes(List<Node> nodes) {
    return nodes.stream().mapToLong(node -> node.shape().elements()).sum()
        * DataType.FLOAT32.bytes();
  }
}
