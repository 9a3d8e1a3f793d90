package dev.trifocal.train;

import java.util.List;
import java.util.Map;

/**
 * Duchi et al. 2011, like {@code torch.optim.Adagrad} without learning-rate decay: {@code s += g^2;
 * w -= lr * g / (sqrt(s) + epsilon)}. Weight decay is added to the gradient.
 */
public record Adagrad(double learningRate, double epsilon, double weightDecay)
    implements Optimizer {
  private static final String SUM = "sum";

  public Adagrad {
    OptimizerChecks.require("adagrad", learningRate, weightDecay);
    OptimizerChecks.requireZeroOrMore("adagrad", "epsilon", epsilon);
  }

  /** Returns Adagrad with PyTorch's defaults: epsilon 1e-10, no weight decay. */
  public static Adagrad of(double learningRate) {
    return new Adagrad(learningRate, 1e-10, 0);
  }

  @Override
  public Adagrad learningRate(double value) {
    return new Adagrad(value, epsilon, weightDecay);
  }

  @Override
  public Adagrad weightDecay(double value) {
    return new Adagrad(learningRate, epsilon, value);
  }

  @Override
  public List<String> slots() {
    return List.of(SUM);
  }

  @Override
  public <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
    T g = OptimizerChecks.decayed(math, weight, gradient, weightDecay);
    T sum = math.add(slots.get(SUM), math.multiply(g, g));
    T change =
        math.divide(
            math.multiply(scalars.get(LEARNING_RATE), g),
            math.add(math.sqrt(sum), math.constant(epsilon)));
    return new Update<>(math.subtract(weight, change), Map.of(SUM, sum));
  }
}
