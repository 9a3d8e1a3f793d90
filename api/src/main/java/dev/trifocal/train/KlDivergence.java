package dev.trifocal.train;

import static dev.trifocal.layer.Layer.logSoftmax;

import dev.trifocal.graph.Value;

/**
 * The divergence of predictions from distributions, such as those of a larger network in
 * distillation: {@code sum t * (log t - log p)} over the classes, averaged over the batch (and
 * pixels), where p is the softmax of the logits. {@code torch.nn.KLDivLoss(reduction="batchmean")}
 * on log-softmax. Labels: float32 distributions of the output's shape, or class ids.
 */
public record KlDivergence() implements Loss {
  @Override
  public Value of(LossInputs in) {
    Value labels = in.classes();
    // t * log t is 0 if t is 0.
    Value entropy = labels.times(labels.clip(Float.MIN_NORMAL, 1e30).log());
    Value crossEntropy = labels.times(in.output().then(logSoftmax()));
    return entropy.minus(crossEntropy).sum(0).mean();
  }

  @Override
  public boolean suits(int units, int classes) {
    return units == classes;
  }
}
