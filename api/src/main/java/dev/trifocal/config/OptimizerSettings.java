package dev.trifocal.config;

import dev.trifocal.train.Optimizer;
import dev.trifocal.train.Sgd;
import java.util.OptionalDouble;

/**
 * An optimizer and its hyper-parameters.
 *
 * @param learningRate base learning rate, before scheduling, positive
 * @param momentum in [0, 1); empty for the default, or if the optimizer has none
 * @param weightDecay 0 or more; empty for the optimizer's default
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
