package dev.trifocal.train;

import java.util.List;
import java.util.Map;

/**
 * Loshchilov and Hutter 2019, as {@code torch.optim.AdamW}: Adam with decoupled weight decay,
 * {@code w *= 1 - lr * weightDecay} before the step.
 */
public record AdamW(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  private static final String STEP_SIZE = "step_size";
  private static final String ROOT_CORRECTION = "root_correction";
  private static final String DECAY = "decay";

  public AdamW {
    OptimizerChecks.require("adamw", learningRate, weightDecay);
    OptimizerChecks.requireZeroOrMore("adamw", "epsilon", epsilon);
    OptimizerChecks.requireDecay("adamw", "beta1", beta1);
    OptimizerChecks.requireDecay("adamw", "beta2", beta2);
  }

  /**
   * Returns AdamW with PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8, weight decay 0.01.
   */
  public static AdamW of(double learningRate) {
    return new AdamW(learningRate, 0.9, 0.999, 1e-8, 0.01);
  }

  public AdamW betas(double first, double second) {
    return new AdamW(learningRate, first, second, epsilon, weightDecay);
  }

  public AdamW epsilon(double value) {
    return new AdamW(learningRate, beta1, beta2, value, weightDecay);
  }

  @Override
  public AdamW learningRate(double value) {
    return new AdamW(value, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public AdamW weightDecay(double value) {
    return new AdamW(learningRate, beta1, beta2, epsilon, value);
  }

  @Override
  public List<String> slots() {
    return AdamMoments.SLOTS;
  }

  @Override
  public List<String> scalars() {
    return List.of(LEARNING_RATE, STEP_SIZE, ROOT_CORRECTION, DECAY);
  }

  @Override
  public Map<String, Double> scalars(long step, double rate) {
    return Map.of(
        LEARNING_RATE,
        rate,
        STEP_SIZE,
        rate / (1 - Math.pow(beta1, step)),
        ROOT_CORRECTION,
        Math.sqrt(1 - Math.pow(beta2, step)),
        DECAY,
        1 - rate * weightDecay);
  }

  @Override
  public <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
    T kept = weightDecay == 0 ? weight : math.multiply(scalars.get(DECAY), weight);
    AdamMoments<T> moments = AdamMoments.next(math, beta1, beta2, gradient, slots);
    T denominator = moments.denominator(math, scalars.get(ROOT_CORRECTION), epsilon);
    T change = math.divide(math.multiply(scalars.get(STEP_SIZE), moments.first()), denominator);
    return new Update<>(math.subtract(kept, change), moments.slots());
  }
}
