package dev.trifocal.testkit.custom;

import dev.trifocal.train.Arithmetic;
import dev.trifocal.train.Optimizer;
import java.util.List;
import java.util.Map;

/** Gradient descent that returns its own inputs as slots, and one value under two names. */
public record AliasingOptimizer(double learningRate) implements Optimizer {
  @Override
  public AliasingOptimizer learningRate(double value) {
    return new AliasingOptimizer(value);
  }

  @Override
  public AliasingOptimizer weightDecay(double value) {
    return this;
  }

  @Override
  public List<String> slots() {
    return List.of("gradient", "before", "after", "earlier", "never");
  }

  @Override
  public <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
    T next = math.subtract(weight, math.multiply(scalars.get(LEARNING_RATE), gradient));
    return new Update<>(
        next,
        Map.of(
            "gradient", gradient,
            "before", weight,
            "after", next,
            "earlier", slots.get("before"),
            "never", slots.get("never")));
  }
}
