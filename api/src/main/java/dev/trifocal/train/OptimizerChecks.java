package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;

/** Checks and formulas that optimizers share. */
final class OptimizerChecks {
  private OptimizerChecks() {}

  static void require(String optimizer, double learningRate, double weightDecay) {
    requireZeroOrMore(optimizer, "the learning rate", learningRate);
    requireZeroOrMore(optimizer, "weight decay", weightDecay);
  }

  static void requireZeroOrMore(String optimizer, String what, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new ConfigurationException(
          "%s: %s must be 0 or more, but is %s".formatted(optimizer, what, value));
    }
  }

  static void requireDecay(String optimizer, String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new ConfigurationException(
          "%s: %s must be at least 0 and below 1, but is %s".formatted(optimizer, what, value));
    }
  }

  static void requirePositive(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new ConfigurationException("%s must be positive, but is %s".formatted(what, value));
    }
  }

  /** Returns the gradient with coupled weight decay, as in PyTorch: {@code g + weightDecay * w}. */
  static <T> T decayed(Arithmetic<T> math, T weight, T gradient, double weightDecay) {
    return weightDecay == 0
        ? gradient
        : math.add(gradient, math.multiply(math.constant(weightDecay), weight));
  }

  /** Returns {@code decay * average + (1 - decay) * value}. */
  static <T> T average(Arithmetic<T> math, double decay, T average, T value) {
    return math.add(
        math.multiply(math.constant(decay), average),
        math.multiply(math.constant(1 - decay), value));
  }
}
