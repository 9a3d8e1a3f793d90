package dev.trifocal.train;

import java.util.List;
import java.util.Map;

/**
 * Kingma and Ba 2015, as {@code torch.optim.Adam}: {@code w -= lr / (1 - beta1^t) * m / (sqrt(v) /
 * sqrt(1 - beta2^t) + epsilon)}; weight decay is added to the gradient.
 */
public record Adam(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  private static final String STEP_SIZE = "step_size";
  private static final String ROOT_CORRECTION = "root_correction";

  public Adam {
    OptimizerChecks.require("adam", learningRate, weightDecay);
    OptimizerChecks.requireZeroOrMore("adam", "epsilon", epsilon);
    OptimizerChecks.requireDecay("adam", "beta1", beta1);
    OptimizerChecks.requireDecay("adam", "beta2", beta2);
  }

  /** Returns Adam with PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8, no weight decay. */
  public static Adam of(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, 0);
  }

  public Adam betas(double first, double second) {
    return new Adam(learningRate, first, second, epsilon, weightDecay);
  }

  public Adam epsilon(double value) {
    return new Adam(learningRate, beta1, beta2, value, weightDecay);
  }

  @Override
  public Adam learningRate(double value) {
    return new Adam(value, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public Adam weightDecay(double value) {
    return new Adam(learningRate, beta1, beta2, epsilon, value);
  }

  @Override
  public List<String> slots() {
    return AdamMoments.SLOTS;
  }

  @Override
  public List<String> scalars() {
    return List.of(LEARNING_RATE, STEP_SIZE, ROOT_CORRECTION);
  }

  @Override
  public Map<String, Double> scalars(long step, double rate) {
    return Map.of(
        LEARNING_RATE,
        rate,
        STEP_SIZE,
        rate / (1 - Math.pow(beta1, step)),
        ROOT_CORRECTION,
        Math.sqrt(1 - Math.pow(beta2, step)));
  }

  @Override
  public <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
    T g = OptimizerChecks.decayed(math, weight, gradient, weightDecay);
    AdamMoments<T> moments = AdamMoments.next(math, beta1, beta2, g, slots);
    T denominator = moments.denominator(math, scalars.get(ROOT_CORRECTION), epsilon);
    T change = math.divide(math.multiply(scalars.get(STEP_SIZE), moments.first()), denominator);
    return new Update<>(math.subtract(weight, change), moments.slots());
  }
}
