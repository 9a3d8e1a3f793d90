package dev.trifocal.graph;

import dev.trifocal.tensor.DataType;
import java.util.List;

/**
 * Bytes that a graph needs in float32, worked out before any is allocated. What engines take beyond
 * (work space, code, weights in a second layout) is not in it.
 *
 * @param input of one sample, over all inputs
 * @param activations of one sample: every output that a layer makes; {@code Flatten} makes none, it
 *     is a view of its input
 * @param peak of one sample in inference: the largest sum of values that are alive at once; for a
 *     chain, the two largest neighbours. Inputs count. {@code Flatten} and {@code Dropout} are then
 *     views, and an activation function overwrites its input where nothing else reads it, as
 *     engines do
 * @param parameters learned numbers, frozen ones included
 * @param statistics running means and variances
 * @param trainable learned numbers of layers that are not frozen
 */
public record MemoryEstimate(
    long input, long activations, long peak, long parameters, long statistics, long trainable) {

  /**
   * Training with a batch.
   *
   * @param input the whole batch
   * @param activations of the whole batch, all kept for the backward pass
   * @param gradients of the trainable parameters
   * @param slots of the optimizer
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

  /** Of one sample: the peak of activations, and all that is learned or kept. */
  public long inference() {
    return peak + parameters + statistics;
  }

  /**
   * @param slotsPerParameter arrays that the optimizer keeps, for example 2 for Adam
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
