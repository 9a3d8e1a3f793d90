package dev.trifocal.train;

import dev.trifocal.graph.Value;

/**
 * {@code mean((output - label)^2)} over all elements: {@code torch.nn.MSELoss}. Labels: of the
 * output's shape.
 */
public record MeanSquaredError() implements Loss {
  @Override
  public Value of(LossInputs in) {
    return in.output().minus(in.values()).square().mean();
  }
}
