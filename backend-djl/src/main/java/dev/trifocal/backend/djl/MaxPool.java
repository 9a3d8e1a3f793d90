package dev.trifocal.backend.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.trifocal.layer.Size2d;
import dev.trifocal.layer.Window;
import dev.trifocal.shape.Shape;

/** Max pools whose gradient goes to the first maximum, as in PyTorch. */
final class MaxPool {
  private MaxPool() {}

  static PtNDArray of(Window window, NodeContext context) {
    if (!window.dilation().equals(Size2d.square(1))) {
      return dilated(window, context);
    }
    return WindowGeometry.suitsPool(window)
        ? pool(context.input(), window, WindowGeometry.leading(window.padding()), ceils(window))
        : pool(covered(window, context), window, WindowGeometry.NO_PADDING, false);
  }

  private static boolean ceils(Window window) {
    return switch (window.rounding()) {
      case FLOOR -> false;
      case CEIL -> true;
    };
  }

  private static PtNDArray pool(
      PtNDArray image, Window window, ai.djl.ndarray.types.Shape padding, boolean ceil) {
    return JniUtils.maxPool(
        image,
        WindowGeometry.shape(window.kernel()),
        WindowGeometry.shape(window.stride()),
        padding,
        ceil);
  }

  private static PtNDArray covered(Window window, NodeContext context) {
    return WindowGeometry.cover(
        context.input(), window, context.node().shape(), Double.NEGATIVE_INFINITY);
  }

  /**
   * Pools with dilation, which DJL does not pass on to PyTorch: the elements of each window are
   * arranged in row-major order, and among equal ones the gradient goes to the first.
   */
  private static PtNDArray dilated(Window window, NodeContext context) {
    PtNDArray image = covered(window, context);
    Shape output = context.node().shape();
    Size2d kernel = window.kernel();
    PtNDArray[] elements = new PtNDArray[kernel.height() * kernel.width()];
    for (int i = 0; i < elements.length; i++) {
      int top = i / kernel.width() * window.dilation().height();
      int left = i % kernel.width() * window.dilation().width();
      PtNDArray rows = every(image, 2, top, window.stride().height(), output.size(1));
      elements[i] = every(rows, 3, left, window.stride().width(), output.size(2));
    }
    return JniUtils.max(JniUtils.stack(elements, 0), 0, false);
  }

  private static PtNDArray every(PtNDArray image, int axis, int first, int stride, int count) {
    return JniUtils.slice(image, axis, first, first + (long) (count - 1) * stride + 1, stride);
  }
}
