package dev.trifocal.train;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gradient clipping, applied before the optimizer. Like {@link Optimizer#update}, {@link #clip} is
 * generic in the number type, so that each formula is defined once.
 */
public sealed interface Clipping {
  /**
   * Clips gradients.
   *
   * @param gradients gradients of all trained parameters, by name
   * @return the clipped gradients by name
   */
  <T> Map<String, T> clip(Arithmetic<T> math, Map<String, T> gradients);

  /** No clipping. */
  record None() implements Clipping {
    @Override
    public <T> Map<String, T> clip(Arithmetic<T> math, Map<String, T> gradients) {
      return gradients;
    }
  }

  /** Clips each element to {@code [-limit, limit]}: {@code torch.nn.utils.clip_grad_value_}. */
  record ByValue(double limit) implements Clipping {
    public ByValue {
      OptimizerChecks.requirePositive("the limit of gradients", limit);
    }

    @Override
    public <T> Map<String, T> clip(Arithmetic<T> math, Map<String, T> gradients) {
      T low = math.constant(-limit);
      T high = math.constant(limit);
      Map<String, T> result = new LinkedHashMap<>();
      gradients.forEach(
          (name, gradient) -> result.put(name, math.minimum(math.maximum(gradient, low), high)));
      return result;
    }
  }

  /**
   * Multiplies all gradients by {@code min(1, limit / (norm + 1e-6))}, where the norm is the
   * Euclidean norm of all of them together: {@code torch.nn.utils.clip_grad_norm_}.
   */
  record ByGlobalNorm(double limit) implements Clipping {
    private static final double EPSILON = 1e-6;

    public ByGlobalNorm {
      OptimizerChecks.requirePositive("the limit of the gradients' norm", limit);
    }

    @Override
    public <T> Map<String, T> clip(Arithmetic<T> math, Map<String, T> gradients) {
      if (gradients.isEmpty()) {
        return gradients;
      }
      T squares =
          gradients.values().stream()
              .map(gradient -> math.sum(math.multiply(gradient, gradient)))
              .reduce(math::add)
              .orElseThrow();
      T norm = math.add(math.sqrt(squares), math.constant(EPSILON));
      T factor = math.minimum(math.divide(math.constant(limit), norm), math.constant(1));
      Map<String, T> result = new LinkedHashMap<>();
      gradients.forEach((name, gradient) -> result.put(name, math.multiply(gradient, factor)));
      return result;
    }
  }
}
