package dev.trifocal.trainer.custom;

import dev.trifocal.metric.MeanMetric;
import dev.trifocal.metric.WeightedMean;
import dev.trifocal.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** The mean absolute logit, with components of several kinds. */
public record LogitSpread(
    String output, double scale, List<Integer> weights, Optional<Unit> unit, Rounding rounding)
    implements MeanMetric {
  /** A record within a record. */
  public record Unit(String symbol, float factor) {}

  /** An enum of its own. */
  public enum Rounding {
    NONE,
    HALF_UP
  }

  public static LogitSpread of(double scale) {
    return new LogitSpread(
        "output", scale, List.of(1, 2), Optional.of(new Unit("dB", 0.1f)), Rounding.HALF_UP);
  }

  /** Looks like a property, and is none. */
  public boolean isWide() {
    return scale > 1;
  }

  @Override
  public String name() {
    return "spread";
  }

  @Override
  public WeightedMean of(Tensor output, Tensor labels) {
    double sum = 0;
    for (float logit : output.toFloats()) {
      sum += scale * Math.abs(logit);
    }
    return new WeightedMean(sum, output.toFloats().length);
  }
}
