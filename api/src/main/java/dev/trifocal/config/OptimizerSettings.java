package dev.trifocal.config;

import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Sgd;
import java.util.OptionalDouble;

/**
 * An optimizer and its hyper-parameters.
 *
 * @param learningRate before any schedule, positive
 * @param momentum in [0, 1); empty where the kind has none, or for its default
 * @param weightDecay 0 or more; empty for the default of the kind
 */
public record OptimizerSettings(
    OptimizerKind kind,
    double learningRate,
    OptionalDouble momentum,
    Sgd.Acceleration acceleration,
    OptionalDouble weightDecay) {

  public Optimizer optimizer() {
    return kind.optimizer(this);
  }
}
