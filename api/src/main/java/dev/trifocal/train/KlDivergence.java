package dev.trifocal.train;

import static dev.trifocal.layer.Layer.logSoftmax;

import dev.trifocal.graph.Value;

/**
 * {@code sum t * (log t - log p)} over the classes, mean over the batch (and pixels), p being the
 * softmax of the logits: how far a prediction is from a distribution, such as a larger network's in
 * distillation. {@code torch.nn.KLDivLoss(reduction="batchmean")} on log-softmax. Labels: float32
 * distributions of the output's shape, or class ids.
 */
public record KlDivergence() implements Loss {
  @Override
  public Value of(LossInputs in) {
    Value labels = in.classes();
    // t * log t is 0 where t is 0.
    Value entropy = labels.times(labels.clip(Float.MIN_NORMAL, 1e30).log());
    Value crossEntropy = labels.times(in.output().then(logSoftmax()));
    return entropy.minus(crossEntropy).sum(0).mean();
  }

  @Override
  public boolean suits(int units, int classes) {
    return units == classes;
  }
}
