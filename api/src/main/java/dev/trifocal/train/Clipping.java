package dev.trifocal.train;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How gradients are limited before the optimizer sees them. Like {@link Optimizer#update}, {@link
 * #clip} is generic in the number type, so each formula stands once.
 */
public sealed interface Clipping {
  /**
   * @param gradients of all that is trained, by parameter name
   * @return the limited gradients under the same names
   */
  <T> Map<String, T> clip(Arithmetic<T> math, Map<String, T> gradients);

  /** Gradients as they are. */
  record None() implements Clipping {
    @Override
    public <T> Map<String, T> clip(Arithmetic<T> math, Map<String, T> gradients) {
      return gradients;
    }
  }

  /** Each element within {@code [-limit, limit]}: {@code torch.nn.utils.clip_grad_value_}. */
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
   * All gradients multiplied by {@code min(1, limit / (norm + 1e-6))} with the Euclidean norm over
   * all of them together: {@code torch.nn.utils.clip_grad_norm_}.
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
