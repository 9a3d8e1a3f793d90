package com.example;

import dev.trifocal.metric.MeanMetric;
import dev.trifocal.metric.WeightedMean;
import dev.trifocal.tensor.Tensor;
import java.util.Arrays;

/**
 * The mean difference between the highest and the second highest probability.
 *
 * @param output the network's output to measure
 */
record MeanMargin(String output) implements MeanMetric {
  @Override
  public String name() {
    return "margin";
  }

  @Override
  public WeightedMean of(Tensor output, Tensor labels) {
    Tensor probabilities = output.softmax(1);
    int samples = probabilities.shape().size(0);
    double sum = 0;
    for (int n = 0; n < samples; n++) {
      float[] row = probabilities.row(n).toFloats();
      Arrays.sort(row);
      sum += row[row.length - 1] - row[row.length - 2];
    }
    return new WeightedMean(sum, samples);
  }
}
