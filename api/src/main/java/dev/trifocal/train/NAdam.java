package dev.trifocal.train;

import java.util.List;
import java.util.Map;

/**
 * Adam with Nesterov momentum (Dozat 2016), as {@code torch.optim.NAdam}: {@code mu_t = beta1 * (1
 * - 0.96^(t * momentumDecay) / 2)}. Keras's Nadam is {@code momentumDecay = 1}; PyTorch's default
 * is 0.004. Weight decay is added to the gradient.
 */
public record NAdam(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double momentumDecay)
    implements Optimizer {
  private static final String GRADIENT_RATE = "gradient_rate";
  private static final String MOMENT_RATE = "moment_rate";
  private static final String ROOT_CORRECTION = "root_correction";

  public NAdam {
    OptimizerChecks.require("nadam", learningRate, weightDecay);
    OptimizerChecks.requireZeroOrMore("nadam", "epsilon", epsilon);
    OptimizerChecks.requireZeroOrMore("nadam", "momentum decay", momentumDecay);
    OptimizerChecks.requireDecay("nadam", "beta1", beta1);
    OptimizerChecks.requireDecay("nadam", "beta2", beta2);
  }

  /**
   * Returns NAdam with PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8, no weight decay,
   * momentum decay 0.004.
   */
  public static NAdam of(double learningRate) {
    return new NAdam(learningRate, 0.9, 0.999, 1e-8, 0, 0.004);
  }

  public NAdam betas(double first, double second) {
    return new NAdam(learningRate, first, second, epsilon, weightDecay, momentumDecay);
  }

  @Override
  public NAdam learningRate(double value) {
    return new NAdam(value, beta1, beta2, epsilon, weightDecay, momentumDecay);
  }

  @Override
  public NAdam weightDecay(double value) {
    return new NAdam(learningRate, beta1, beta2, epsilon, value, momentumDecay);
  }

  public NAdam momentumDecay(double value) {
    return new NAdam(learningRate, beta1, beta2, epsilon, weightDecay, value);
  }

  @Override
  public List<String> slots() {
    return AdamMoments.SLOTS;
  }

  @Override
  public List<String> scalars() {
    return List.of(LEARNING_RATE, GRADIENT_RATE, MOMENT_RATE, ROOT_CORRECTION);
  }

  @Override
  public Map<String, Double> scalars(long step, double rate) {
    double product = 1;
    for (long t = 1; t <= step; t++) {
      product *= mu(t);
      if (product < 1e-300) {
        break;
      }
    }
    double next = mu(step + 1);
    return Map.of(
        LEARNING_RATE,
        rate,
        GRADIENT_RATE,
        rate * (1 - mu(step)) / (1 - product),
        MOMENT_RATE,
        rate * next / (1 - product * next),
        ROOT_CORRECTION,
        Math.sqrt(1 - Math.pow(beta2, step)));
  }

  @Override
  public <T> Update<T> update(
      Arithmetic<T> math, T weight, T gradient, Map<String, T> slots, Map<String, T> scalars) {
    T g = OptimizerChecks.decayed(math, weight, gradient, weightDecay);
    AdamMoments<T> moments = AdamMoments.next(math, beta1, beta2, g, slots);
    T denominator = moments.denominator(math, scalars.get(ROOT_CORRECTION), epsilon);
    T direction =
        math.add(
            math.multiply(scalars.get(GRADIENT_RATE), g),
            math.multiply(scalars.get(MOMENT_RATE), moments.first()));
    return new Update<>(
        math.subtract(weight, math.divide(direction, denominator)), moments.slots());
  }

  private double mu(long step) {
    return beta1 * (1 - 0.5 * Math.pow(0.96, step * momentumDecay));
  }
}
