package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Value;

/**
 * The mean of {@code d^2 / 2} if {@code d = |output - label|} is below delta, or else {@code delta
 * * (d - delta / 2)}: {@code torch.nn.HuberLoss}. Labels: of the output's shape.
 *
 * @param delta threshold, above 0
 */
public record Huber(double delta) implements Loss {
  public Huber {
    if (!(delta > 0)) {
      throw new ConfigurationException("delta must be above 0, but is " + delta);
    }
  }

  @Override
  public Value of(LossInputs in) {
    Value distance = in.output().minus(in.values()).abs();
    Value near = distance.clip(0, delta);
    return near.times(distance.minus(near.times(0.5))).mean();
  }
}
