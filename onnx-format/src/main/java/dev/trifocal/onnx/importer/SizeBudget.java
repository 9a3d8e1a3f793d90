package dev.trifocal.onnx.importer;

import dev.trifocal.error.GraphException;

/**
 * Limits how many numbers the values read from a file may expand to. A few bytes can request any
 * amount of data, through ConstantOfShape or by using one weight many times; the limit keeps time
 * and memory in proportion to the size of the file.
 */
final class SizeBudget {
  /**
   * The numbers available to any file, for shapes, grids and anchors computed from almost nothing.
   */
  private static final long FREE = 1 << 24;

  /**
   * The numbers available per number in the file, because weights are transposed, scaled and shared
   * between nodes.
   */
  private static final long TIMES = 8;

  /**
   * The numbers available for untrained weights: 1 GiB, more than the largest vision networks have.
   */
  private static final long FILLED = 1 << 28;

  private long left = FREE;
  private long toFill = FILLED;

  /** Adds numbers that the file itself holds to the budget. */
  void found(long numbers) {
    left += TIMES * numbers;
  }

  /**
   * Takes numbers from the budget.
   *
   * @throws GraphException if the budget is exceeded
   */
  void take(long numbers) {
    require(numbers, left);
    left -= numbers;
  }

  /**
   * Accounts for a tensor filled with one number, which then counts as if the file held it.
   *
   * @throws GraphException if the budget for filled tensors is exceeded
   */
  void fill(long numbers) {
    require(numbers, toFill);
    toFill -= numbers;
    left += numbers;
  }

  private static void require(long numbers, long most) {
    if (numbers > most) {
      throw new GraphException(
          "produces %,d numbers, too many for a file of this size".formatted(numbers));
    }
  }
}
