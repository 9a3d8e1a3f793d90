package dev.trifocal.apps.mutation;

import dev.trifocal.random.RandomStream;
import java.util.List;

/** Random choices, one after another, the same for the same stream. */
public final class RandomChoices {
  private static final List<Long> EXTREMES =
      List.of(
          0L,
          -1L,
          1L,
          -2L,
          64L,
          255L,
          65_536L,
          1L << 24,
          1L << 30,
          (1L << 31) - 1,
          1L << 31,
          1L << 32,
          -(1L << 31),
          1L << 62,
          Long.MAX_VALUE,
          Long.MIN_VALUE);

  private final RandomStream stream;
  private long next;

  public RandomChoices(RandomStream stream) {
    this.stream = stream;
  }

  /** In [0, bound); the bound is positive. */
  public int below(int bound) {
    return stream.below(next++, bound);
  }

  public long bits() {
    return stream.bits(next++);
  }

  public <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** Now a number that programs trip over, now an ordinary small one. */
  public long number() {
    return below(3) == 0 ? below(12) - 3 : of(EXTREMES);
  }
}
