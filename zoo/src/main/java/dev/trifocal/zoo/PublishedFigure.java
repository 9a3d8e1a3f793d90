package dev.trifocal.zoo;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A published number.
 *
 * @param value with the digits that were published, no more: {@code 4.089E9} stands for what rounds
 *     to four digits so
 * @param source who says it
 */
public record PublishedFigure(BigDecimal value, String source) {
  /** Whether a count, rounded to the digits that were published, is this figure. */
  public boolean isMetBy(long count) {
    MathContext digits = new MathContext(value.precision(), RoundingMode.HALF_UP);
    return BigDecimal.valueOf(count).round(digits).compareTo(value) == 0;
  }
}
