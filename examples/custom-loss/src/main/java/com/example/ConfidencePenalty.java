package com.example;

import static dev.trifocal.layer.Layer.logSoftmax;

import dev.trifocal.graph.Value;
import dev.trifocal.train.Loss;
import dev.trifocal.train.LossInputs;

/**
 * Cross-entropy minus the entropy of the prediction, which penalises overconfidence (Pereyra et al.
 * 2017, "Regularizing Neural Networks by Penalizing Confident Output Distributions").
 *
 * @param weight of the entropy, 0 or more
 */
record ConfidencePenalty(double weight) implements Loss {
  @Override
  public Value of(LossInputs in) {
    Value logProbabilities = in.output().then(logSoftmax());
    Value crossEntropy = in.classes().times(logProbabilities).sum(0).times(-1);
    Value entropy = logProbabilities.exp().times(logProbabilities).sum(0).times(-1);
    return crossEntropy.minus(entropy.times(weight)).mean();
  }
}
