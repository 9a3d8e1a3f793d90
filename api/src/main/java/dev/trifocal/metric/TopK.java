package dev.trifocal.metric;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.tensor.Tensor;

/**
 * The share of samples (or pixels) whose label is among the {@code k} largest logits; earlier
 * classes win ties. Outputs and labels are those of {@link Accuracy}.
 *
 * @param k at least 1
 */
public record TopK(String output, int k) implements MeanMetric {
  public TopK {
    if (k < 1) {
      throw new ConfigurationException("top-k needs a k of 1 or more, but it is " + k);
    }
  }

  @Override
  public String name() {
    return "top_" + k;
  }

  @Override
  public WeightedMean of(Tensor logits, Tensor labels) {
    return LabelledLogits.of(logits, labels).hits(k);
  }
}
