package dev.trifocal.onnx.importer;

import dev.trifocal.error.GraphException;
import dev.trifocal.onnx.internal.operand.DataValue;
import dev.trifocal.onnx.internal.operand.LayerFusion;
import dev.trifocal.onnx.internal.operand.Operand;
import dev.trifocal.onnx.internal.operand.PendingNode;
import java.util.List;

/**
 * How many numbers may still be made of those in a file. A few bytes can ask for any number of
 * them, by ConstantOfShape or by reading one weight many times; the work of reading a file, and the
 * memory for it, stay in proportion to what it holds.
 */
final class SizeBudget {
  /** Shapes, grids and anchors that a file works out from next to nothing. */
  private static final long FREE = 1 << 24;

  /** Weights are moved, scaled, and shared between nodes. */
  private static final long TIMES = 8;

  /** Untrained weights, 1 GiB of them: more than the largest networks of the field have. */
  private static final long FILLED = 1 << 28;

  private long left = FREE;
  private long toFill = FILLED;

  /** Counts numbers that the file itself holds. */
  void found(long numbers) {
    left += TIMES * numbers;
  }

  /**
   * @throws GraphException if so many are too many
   */
  void take(long numbers) {
    require(numbers, left);
    left -= numbers;
  }

  /**
   * Counts what the reading of a node has put into layers.
   *
   * @throws GraphException as {@link #take(long)} does
   */
  void take(List<? extends Operand> results) {
    results.forEach(
        result -> {
          if (result instanceof DataValue data) {
            take(numbers(data.piece()));
          }
        });
  }

  /**
   * Counts numbers that are all one, and may be read as if the file held them once.
   *
   * @throws GraphException as {@link #take(long)} does
   */
  void fill(long numbers) {
    require(numbers, toFill);
    toFill -= numbers;
    left += numbers;
  }

  private static void require(long numbers, long most) {
    if (numbers > most) {
      throw new GraphException(
          "makes %,d numbers, more than a file of this size has use for".formatted(numbers));
    }
  }

  private static long numbers(PendingNode piece) {
    long constants =
        piece.inputs().stream()
            .filter(input -> input.inputs().isEmpty())
            .mapToLong(SizeBudget::own)
            .sum();
    return own(piece) + constants;
  }

  private static long own(PendingNode piece) {
    long scaled =
        piece.shortcut().orElse(null) instanceof LayerFusion.Scaled s ? s.scale().length : 0;
    return scaled + piece.parameters().values().stream().mapToLong(t -> t.shape().elements()).sum();
  }
}
