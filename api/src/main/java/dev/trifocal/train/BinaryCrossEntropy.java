package dev.trifocal.train;

import dev.trifocal.graph.Value;
import dev.trifocal.layer.ActivationFunction;
import dev.trifocal.layer.Layer;

/**
 * {@code mean(softplus(logit) - label * logit)} over all elements: {@code
 * torch.nn.BCEWithLogitsLoss}. Labels: float32 in [0, 1] or int64 0 and 1 of the output's shape;
 * int64 may also be {@code [N]} if the output is {@code [N, 1]}.
 */
public record BinaryCrossEntropy() implements Loss {
  @Override
  public Value of(LossInputs in) {
    Value softplus = in.output().then(Layer.activation(new ActivationFunction.Softplus()));
    return softplus.minus(in.probabilities().times(in.output())).mean();
  }

  /** Returns true if the units match the classes; a single unit suits two classes. */
  @Override
  public boolean suits(int units, int classes) {
    return units == classes || units == 1 && classes == 2;
  }

  @Override
  public boolean isIndependent() {
    return true;
  }
}
