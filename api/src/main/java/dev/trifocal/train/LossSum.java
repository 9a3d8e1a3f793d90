package dev.trifocal.train;

import dev.trifocal.error.ConfigurationException;
import dev.trifocal.graph.Value;
import java.util.List;

/**
 * The sum of losses on the same output, such as cross-entropy and {@link SoftDice}.
 *
 * @param losses at least one
 */
public record LossSum(List<Loss> losses) implements Loss {
  public LossSum {
    losses = List.copyOf(losses);
    if (losses.isEmpty()) {
      throw new ConfigurationException("a sum of losses needs at least one");
    }
  }

  /** Returns the sum of these losses. */
  public static LossSum of(Loss... losses) {
    return new LossSum(List.of(losses));
  }

  @Override
  public Value of(LossInputs in) {
    return losses.stream().map(loss -> loss.of(in)).reduce(Value::plus).orElseThrow();
  }

  @Override
  public boolean suits(int units, int classes) {
    return losses.stream().allMatch(loss -> loss.suits(units, classes));
  }

  @Override
  public boolean isIndependent() {
    return losses.stream().anyMatch(Loss::isIndependent);
  }
}
