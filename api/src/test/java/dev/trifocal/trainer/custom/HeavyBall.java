package dev.trifocal.trainer.custom;

import dev.trifocal.train.Arithmetic;
import dev.trifocal.train.Optimizer;
import java.util.List;
import java.util.Map;

/** Momentum, written without a look at Sgd. */
public record HeavyBall(double learningRate, double drag) implements Optimizer {
  @Override
  public HeavyBall learningRate(double value) {
    return new HeavyBall(value, drag);
  }

  @Override
  public HeavyBall weightDecay(double value) {
    return this;
  }

  @Override
  public List<String> slots() {
    return List.of("velocity");
  }

  @Override
  public <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
    T force = math.multiply(scalars.get(LEARNING_RATE), gradient);
    T velocity = math.subtract(math.multiply(math.constant(drag), slots.get("velocity")), force);
    return new Update<>(math.add(weight, velocity), Map.of("velocity", velocity));
  }
}
