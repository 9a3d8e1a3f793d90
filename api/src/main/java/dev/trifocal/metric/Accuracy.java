package dev.trifocal.metric;

import dev.trifocal.tensor.Tensor;

/**
 * The share of samples (or pixels) whose largest logit is that of the label; among equal logits the
 * first class wins. An output with one class, {@code [N, 1]}, says class 1 where its logit is
 * positive, else class 0.
 */
public record Accuracy(String output) implements Metric {
  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Mean of(Tensor logits, Tensor labels) {
    return Ranking.hits(logits, labels, 1);
  }
}
