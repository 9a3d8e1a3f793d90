package dev.trifocal.backend.dl4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sums over axes. The last axes are summed by a product with a vector of ones, which is several
 * times as fast as ND4J's {@code reduce_sum}.
 */
record AxisSums(Nd4jOperators operators) {
  private static final String SUM = "reduce_sum";

  /** The longest vector of ones; beyond, its memory counts. */
  private static final long LONGEST = 1 << 18;

  /**
   * Returns the sums in a new array.
   *
   * @param axes axes to sum over, ascending; they are kept with size 1
   */
  INDArray of(INDArray array, int... axes) {
    int first = firstOfLast(array.rank(), axes);
    long columns = Arrays.stream(array.shape()).skip(first).reduce(1, (a, b) -> a * b);
    if (columns == 1 || columns > LONGEST || !isRowMajor(array)) {
      return operators.reduce(SUM, array, axes);
    }
    long rows = array.length() / columns;
    INDArray ones = operators.filled(1, columns, 1);
    INDArray sums =
        operators.call("matmul", ArrayViews.shaped(array, rows, columns), ones).into(rows, 1);
    operators.release(ones);
    long[] sizes = array.shape().clone();
    Arrays.fill(sizes, first, sizes.length, 1);
    INDArray shaped = ArrayViews.shaped(sums, sizes);
    int[] others = Arrays.stream(axes).filter(axis -> axis < first).toArray();
    if (others.length == 0) {
      return shaped;
    }
    INDArray result = operators.reduce(SUM, shaped, others);
    operators.release(sums);
    return result;
  }

  /** Returns the first of the last axes that are all summed over; the rank if there is none. */
  private static int firstOfLast(int rank, int... axes) {
    int first = rank;
    for (int i = axes.length - 1; i >= 0 && axes[i] == first - 1; i--) {
      first--;
    }
    return first;
  }

  private static boolean isRowMajor(INDArray array) {
    return array.offset() == 0
        && array.data().length() == array.length()
        && Arrays.equals(array.stride(), Nd4j.getStrides(array.shape(), 'c'));
  }
}
