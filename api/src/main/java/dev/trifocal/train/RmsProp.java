package dev.trifocal.train;

import java.util.List;
import java.util.Map;

/**
 * Hinton's RMSprop, as {@code torch.optim.RMSprop}: {@code s = alpha * s + (1 - alpha) * g^2; w -=
 * lr * g / (sqrt(s) + epsilon)}; with momentum, {@code buffer = momentum * buffer + g / (sqrt(s) +
 * epsilon); w -= lr * buffer}. Weight decay is added to the gradient.
 */
public record RmsProp(
    double learningRate, double alpha, double epsilon, double weightDecay, double momentum)
    implements Optimizer {
  private static final String SQUARE = "square_avg";
  private static final String BUFFER = "momentum_buffer";

  public RmsProp {
    OptimizerChecks.require("rmsprop", learningRate, weightDecay);
    OptimizerChecks.requireZeroOrMore("rmsprop", "epsilon", epsilon);
    OptimizerChecks.requireDecay("rmsprop", "alpha", alpha);
    OptimizerChecks.requireDecay("rmsprop", "momentum", momentum);
  }

  /**
   * Returns RMSprop with PyTorch's defaults: alpha 0.99, epsilon 1e-8, no weight decay or momentum.
   */
  public static RmsProp of(double learningRate) {
    return new RmsProp(learningRate, 0.99, 1e-8, 0, 0);
  }

  public RmsProp alpha(double value) {
    return new RmsProp(learningRate, value, epsilon, weightDecay, momentum);
  }

  public RmsProp momentum(double value) {
    return new RmsProp(learningRate, alpha, epsilon, weightDecay, value);
  }

  @Override
  public RmsProp learningRate(double value) {
    return new RmsProp(value, alpha, epsilon, weightDecay, momentum);
  }

  @Override
  public RmsProp weightDecay(double value) {
    return new RmsProp(learningRate, alpha, epsilon, value, momentum);
  }

  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of(SQUARE) : List.of(SQUARE, BUFFER);
  }

  @Override
  public <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
    T g = OptimizerChecks.decayed(math, weight, gradient, weightDecay);
    T square = OptimizerChecks.average(math, alpha, slots.get(SQUARE), math.multiply(g, g));
    T scaled = math.divide(g, math.add(math.sqrt(square), math.constant(epsilon)));
    T rate = scalars.get(LEARNING_RATE);
    if (momentum == 0) {
      return new Update<>(
          math.subtract(weight, math.multiply(rate, scaled)), Map.of(SQUARE, square));
    }
    T buffer = math.add(math.multiply(math.constant(momentum), slots.get(BUFFER)), scaled);
    return new Update<>(
        math.subtract(weight, math.multiply(rate, buffer)), Map.of(SQUARE, square, BUFFER, buffer));
  }
}
