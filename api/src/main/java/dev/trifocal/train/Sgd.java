package dev.trifocal.train;

import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent, {@code torch.optim.SGD} without dampening: {@code g += weightDecay *
 * w; buffer = momentum * buffer + g; w -= lr * (nesterov ? g + momentum * buffer : buffer)}.
 */
public record Sgd(
    double learningRate, double momentum, Acceleration acceleration, double weightDecay)
    implements Optimizer {
  private static final String BUFFER = "momentum_buffer";

  /** The kind of momentum. */
  public enum Acceleration {
    CLASSICAL,
    NESTEROV
  }

  public Sgd {
    OptimizerChecks.require("sgd", learningRate, weightDecay);
    OptimizerChecks.requireDecay("sgd", "momentum", momentum);
  }

  /** Returns plain SGD, without momentum or weight decay. */
  public static Sgd of(double learningRate) {
    return new Sgd(learningRate, 0, Acceleration.CLASSICAL, 0);
  }

  public Sgd momentum(double value) {
    return new Sgd(learningRate, value, acceleration, weightDecay);
  }

  /** Returns this optimizer with Nesterov momentum. */
  public Sgd nesterov() {
    return new Sgd(learningRate, momentum, Acceleration.NESTEROV, weightDecay);
  }

  @Override
  public Sgd learningRate(double value) {
    return new Sgd(value, momentum, acceleration, weightDecay);
  }

  @Override
  public Sgd weightDecay(double value) {
    return new Sgd(learningRate, momentum, acceleration, value);
  }

  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of() : List.of(BUFFER);
  }

  @Override
  public <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
    T g = OptimizerChecks.decayed(math, weight, gradient, weightDecay);
    T rate = scalars.get(LEARNING_RATE);
    if (momentum == 0) {
      return new Update<>(math.subtract(weight, math.multiply(rate, g)), Map.of());
    }
    T mu = math.constant(momentum);
    T buffer = math.add(math.multiply(mu, slots.get(BUFFER)), g);
    T direction =
        acceleration == Acceleration.NESTEROV ? math.add(g, math.multiply(mu, buffer)) : buffer;
    return new Update<>(
        math.subtract(weight, math.multiply(rate, direction)), Map.of(BUFFER, buffer));
  }
}
