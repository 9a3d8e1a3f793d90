package dev.trifocal.testkit.custom;

import dev.trifocal.train.Arithmetic;
import dev.trifocal.train.Optimizer;
import java.util.List;
import java.util.Map;

/**
 * Lion (Chen et al., "Symbolic discovery of optimization algorithms", 2023): updates every element
 * by the learning rate in the direction of the sign of the momentum.
 */
public record Lion(double learningRate, double beta1, double beta2, double weightDecay)
    implements Optimizer {
  private static final String MOMENTUM = "exp_avg";

  @Override
  public Lion learningRate(double value) {
    return new Lion(value, beta1, beta2, weightDecay);
  }

  @Override
  public Lion weightDecay(double value) {
    return new Lion(learningRate, beta1, beta2, value);
  }

  @Override
  public List<String> slots() {
    return List.of(MOMENTUM);
  }

  @Override
  public <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
    T momentum = slots.get(MOMENTUM);
    T direction = math.sign(mixed(math, beta1, momentum, gradient));
    T decayed = math.add(direction, math.multiply(math.constant(weightDecay), weight));
    T next = math.subtract(weight, math.multiply(scalars.get(LEARNING_RATE), decayed));
    return new Update<>(next, Map.of(MOMENTUM, mixed(math, beta2, momentum, gradient)));
  }

  private static <T> T mixed(Arithmetic<T> math, double share, T one, T other) {
    return math.add(
        math.multiply(math.constant(share), one), math.multiply(math.constant(1 - share), other));
  }
}
