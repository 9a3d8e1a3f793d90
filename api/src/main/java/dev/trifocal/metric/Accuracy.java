package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;

/**
 * The share of samples (or pixels) whose largest logit is that of the label; the first class wins
 * ties. An output with one unit, {@code [N, 1]}, predicts class 1 if its logit is positive and
 * class 0 otherwise.
 */
public record Accuracy(String output) implements MeanMetric {
  @Override
  public String name() {
    return "accuracy";
  }

  /**
   * Returns the share in one batch.
   *
   * @param logits float32 {@code [N, K]}, or per pixel {@code [N, K, H, W]}
   * @param labels int64 class ids without the class axis, or float32 distributions of the output's
   *     shape; a label that is not a class id (an ignore index) is skipped
   */
  @Override
  public WeightedMean of(Tensor logits, Tensor labels) {
    return LabelledLogits.of(logits, labels).hits(1);
  }
}
