package dev.trifocal.train;

import java.util.List;
import java.util.Map;

/** The running moments of Adam and its variants. */
record AdamMoments<T>(T first, T second) {
  static final String FIRST = "exp_avg";
  static final String SECOND = "exp_avg_sq";
  static final List<String> SLOTS = List.of(FIRST, SECOND);

  static <T> AdamMoments<T> next(
      Arithmetic<T> math, double beta1, double beta2, T gradient, Map<String, T> slots) {
    return new AdamMoments<>(
        OptimizerChecks.average(math, beta1, slots.get(FIRST), gradient),
        OptimizerChecks.average(math, beta2, slots.get(SECOND), math.multiply(gradient, gradient)));
  }

  /** {@code sqrt(v) / sqrt(1 - beta2^t) + epsilon}. */
  T denominator(Arithmetic<T> math, T rootCorrection, double epsilon) {
    return math.add(math.divide(math.sqrt(second), rootCorrection), math.constant(epsilon));
  }

  Map<String, T> slots() {
    return Map.of(FIRST, first, SECOND, second);
  }
}
