package dev.trifocal.zoo;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A published number.
 *
 * @param value the value with exactly the published digits: {@code 4.089E9} has four significant
 *     digits
 * @param source where the figure was published
 */
public record PublishedFigure(BigDecimal value, String source) {
  /** Returns whether a count, rounded to the published digits, equals this figure. */
  public boolean isMetBy(long count) {
    MathContext digits = new MathContext(value.precision(), RoundingMode.HALF_UP);
    return BigDecimal.valueOf(count).round(digits).compareTo(value) == 0;
  }
}
