package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;

/**
 * The share of samples (or pixels) whose largest logit is that of the label; among equal logits the
 * first class wins. An output with one class, {@code [N, 1]}, says class 1 where its logit is
 * positive, else class 0.
 */
public record Accuracy(String output) implements MeanMetric {
  @Override
  public String name() {
    return "accuracy";
  }

  /**
   * The share in one batch.
   *
   * @param logits float32 {@code [N, K]}, or per pixel {@code [N, K, H, W]}
   * @param labels int64 class ids without the class axis, or float32 distributions of the output's
   *     shape; a label that is no class id (an ignore index, say) is ignored
   */
  @Override
  public WeightedMean of(Tensor logits, Tensor labels) {
    return LabelledLogits.of(logits, labels).hits(1);
  }
}
