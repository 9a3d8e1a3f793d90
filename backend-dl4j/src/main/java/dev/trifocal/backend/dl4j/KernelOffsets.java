package dev.trifocal.backend.dl4j;

import dev.trifocal.layer.Window;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The elements of a kernel one by one, row by row: what each of them sees of an image over all
 * windows. ND4J's oneDNN has no dilation that works, so dilated layers are made of these.
 *
 * @param rows of windows
 * @param columns of windows
 */
record KernelOffsets(Nd4jOperators operators, Window window, long rows, long columns) {

  int count() {
    return window.kernel().height() * window.kernel().width();
  }

  /**
   * A copy of what element {@code index} sees, {@code [N, C, rows, columns]}.
   *
   * @param image framed already
   */
  INDArray seen(INDArray image, int index) {
    return operators.copy(view(image, index));
  }

  /** The sum of what is put back where each element saw it; zero elsewhere. */
  INDArray putBack(IntFunction<INDArray> parts, long... sizes) {
    INDArray sum = operators.filled(0, sizes);
    for (int index = 0; index < count(); index++) {
      INDArray part = parts.apply(index);
      INDArray spread = operators.filled(0, sizes);
      view(spread, index).assign(part);
      operators.call("add", sum, spread).to(sum);
      operators.release(part, spread);
    }
    return sum;
  }

  /** The part of {@code [filters, C, kH, kW]} that belongs to an element, 1x1. */
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

  /** ND4J lets an interval of one element end a stride too far, beyond the array. */
  private static INDArrayIndex every(int stride, int first, long count) {
    return count == 1
        ? NDArrayIndex.interval(first, first + 1)
        : NDArrayIndex.interval(first, stride, first + (count - 1) * stride + 1);
  }
}
