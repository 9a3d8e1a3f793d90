package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Window;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The kernel elements one by one in row-major order, and the pixels that each covers over all
 * windows. Dilated layers are composed of these, because dilation does not work with ND4J's oneDNN.
 *
 * @param rows number of rows of windows
 * @param columns number of columns of windows
 */
record KernelOffsets(Nd4jOperators operators, Window window, long rows, long columns) {

  int count() {
    return window.kernel().height() * window.kernel().width();
  }

  /**
   * Returns a copy of the pixels that element {@code index} covers, {@code [N, C, rows, columns]}.
   *
   * @param image padded image
   */
  INDArray seen(INDArray image, int index) {
    return operators.copy(view(image, index));
  }

  /**
   * Returns the sum of the parts, each put back at the pixels that its element covers; zero
   * elsewhere.
   */
  INDArray putBack(IntFunction<INDArray> parts, long... sizes) {
    INDArray sum = operators.filled(0, sizes);
    for (int index = 0; index < count(); index++) {
      INDArray part = parts.apply(index);
      INDArray spread = operators.filled(0, sizes);
      operators.assign(view(spread, index), part);
      operators.call("add", sum, spread).to(sum);
      operators.release(part, spread);
    }
    return sum;
  }

  /** Returns the 1x1 weights of one element, a part of {@code [filters, C, kH, kW]}. */
  INDArray weight(INDArray weight, int index) {
    return operators.copy(weightView(weight, index));
  }

  INDArray weightView(INDArray weight, int index) {
    int row = index / window.kernel().width();
    int column = index % window.kernel().width();
    return weight.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.interval(row, row + 1),
        NDArrayIndex.interval(column, column + 1));
  }

  private INDArray view(INDArray image, int index) {
    int top = index / window.kernel().width() * window.dilation().height();
    int left = index % window.kernel().width() * window.dilation().width();
    return image.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        every(window.stride().height(), top, rows),
        every(window.stride().width(), left, columns));
  }

  /**
   * Returns an index with a stride. ND4J extends an interval of one element by a full stride,
   * beyond the array.
   */
  private static INDArrayIndex every(int stride, int first, long count) {
    return count == 1
        ? NDArrayIndex.interval(first, first + 1)
        : NDArrayIndex.interval(first, stride, first + (count - 1) * stride + 1);
  }
}
